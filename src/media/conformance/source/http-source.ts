import type { ByteRange, ReadResult, Source } from './source.ts'

/** Longest wait for one file; segments of a few megabytes need far less. */
const REQUEST_TIMEOUT_MS = 30_000
const LARGEST_READ_BYTES = 512 * 1024 * 1024
/** What a URL that names a folder is taken to hold. */
const USUAL_NAMES = ['master.m3u8', 'manifest.mpd']

/** An http or https URL (of a playlist, a manifest, or a folder ending in "/") as a source. */
export function openHttp(url: URL): Source {
  return {
    kind: 'http',
    findEntries: () => findEntries(url),
    resolve: (uri, base) => (URL.canParse(uri, base) ? new URL(uri, base).href : uri),
    read: readUrl,
    describe: (address) => describe(address, url),
  }
}

async function findEntries(url: URL): Promise<string[]> {
  if (!url.pathname.endsWith('/')) return [url.href]
  const candidates = USUAL_NAMES.map((name) => new URL(name, url).href)
  const reads = await Promise.all(candidates.map((address) => readUrl(address)))
  return candidates.filter((_, index) => reads[index]?.ok)
}

function describe(address: string, root: URL): string {
  if (!URL.canParse(address)) return address
  const url = new URL(address)
  const folder = root.pathname.slice(0, root.pathname.lastIndexOf('/') + 1)
  if (url.origin === root.origin && url.pathname.startsWith(folder)) {
    return url.pathname.slice(folder.length)
  }
  return `${url.origin}${url.pathname}`
}

async function readUrl(address: string, range?: ByteRange): Promise<ReadResult> {
  if (!/^https?:/i.test(address)) return { ok: false, reason: 'is not an HTTP address' }
  try {
    const response = await fetch(address, {
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
      headers: range ? { range: formatRange(range), 'accept-encoding': 'identity' } : {},
    })
    return await readResponse(response, range)
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    return { ok: false, reason: cause instanceof Error ? cause.message : 'cannot be fetched' }
  }
}

function formatRange({ offset, length }: ByteRange): string {
  return `bytes=${offset}-${offset + length - 1}`
}

async function readResponse(response: Response, range?: ByteRange): Promise<ReadResult> {
  if (!response.ok) {
    await response.body?.cancel()
    return { ok: false, reason: `answers HTTP ${response.status}` }
  }
  const body = await readBody(response)
  if (!body) return { ok: false, reason: 'is too large to be read' }
  const bytes = range && response.status === 200 ? cut(body, range) : body
  if (range && bytes.length !== range.length) {
    return { ok: false, reason: `gives ${bytes.length} of the range's ${range.length} bytes` }
  }
  const delivery = {
    contentType: response.headers.get('content-type'),
    contentEncoding: response.headers.get('content-encoding'),
    redirected: response.redirected,
  }
  return { ok: true, bytes, delivery }
}

async function readBody(response: Response): Promise<Buffer | null> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength
    if (size > LARGEST_READ_BYTES) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, size)
}

function cut(body: Buffer, { offset, length }: ByteRange): Buffer {
  return body.subarray(offset, offset + length)
}
