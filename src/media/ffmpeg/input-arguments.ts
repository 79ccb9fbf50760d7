/** Where an input's bytes are: a file of this machine, or our own signed address. */
export type InputSource =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'http'; readonly url: string }

/** Microseconds that a silent connection may last before ffmpeg gives it up. */
const silenceMicroseconds = 30_000_000

/**
 * Pauses before another try double from 1 s up to this: 4 s in all, in which a server or its
 * database that was killed is usually there again. In the middle of a source ffmpeg may go through
 * them several times; what is lost all the same is done again.
 */
const longestPauseSeconds = 3

/**
 * The options that open a source, from `-protocol_whitelist` to `-i`; options of the input such as
 * `-ss` go before them. The demuxer is pinned and nothing but this one source can be opened, so that
 * a playlist in a film's clothes reads nobody else's files.
 */
export function inputArguments(source: InputSource, demuxer: string): readonly string[] {
  return [...transportArguments(source), ...demuxerArguments(demuxer), '-i', inputUrl(source)]
}

function transportArguments(source: InputSource): readonly string[] {
  if (source.kind === 'file') return ['-protocol_whitelist', 'file,pipe']
  return [
    '-protocol_whitelist',
    'http,https,tcp,tls',
    '-max_redirects',
    '0',
    '-rw_timeout',
    String(silenceMicroseconds),
    '-reconnect',
    '1',
    '-reconnect_on_network_error',
    '1',
    '-reconnect_on_http_error',
    '5xx',
    '-reconnect_delay_max',
    String(longestPauseSeconds),
  ]
}

function demuxerArguments(demuxer: string): readonly string[] {
  const pinned = ['-f', demuxer]
  return demuxer === 'mov' ? [...pinned, '-enable_drefs', '0'] : pinned
}

function inputUrl(source: InputSource): string {
  return source.kind === 'file' ? `file:${source.path}` : source.url
}
