import { judgeMissingProgram, type PlayerFailure } from '../judge-error.ts'
import type { Stream, StreamOptions } from './stream.ts'

type Opener = (options: StreamOptions) => Stream

/** How an address is played, or why what plays it is not there. */
export async function tryToFindStream(
  url: string,
): Promise<{ readonly open: Opener } | { readonly failure: PlayerFailure }> {
  try {
    return { open: await findStream(url) }
  } catch (error) {
    return { failure: judgeMissingProgram(error) }
  }
}

/** hls.js comes when it is needed, and only where the browser lets it work. */
async function findStream(url: string): Promise<Opener> {
  const isPlaylist = new URL(url, document.baseURI).pathname.endsWith('.m3u8')
  if (isPlaylist) {
    const { isHlsSupported, openHlsStream } = await import('./hls-stream.ts')
    if (isHlsSupported()) return openHlsStream
  }
  const { openFileStream } = await import('./file-stream.ts')
  return openFileStream
}
