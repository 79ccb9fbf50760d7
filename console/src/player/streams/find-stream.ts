import type { Stream, StreamOptions } from './stream.ts'

/** How an address is played: hls.js comes when it is needed, and only where the browser lets it work. */
export async function findStream(url: string): Promise<(options: StreamOptions) => Stream> {
  const isPlaylist = new URL(url, document.baseURI).pathname.endsWith('.m3u8')
  if (isPlaylist) {
    const { isHlsSupported, openHlsStream } = await import('./hls-stream.ts')
    if (isHlsSupported()) return openHlsStream
  }
  const { openFileStream } = await import('./file-stream.ts')
  return openFileStream
}
