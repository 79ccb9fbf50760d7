import { extname } from 'node:path/posix'

interface MediaType {
  readonly type: string
  /** Text that grows smaller by compression, sent gzipped to those who accept it (rule 10.1). */
  readonly text: boolean
}

const types: Readonly<Record<string, MediaType>> = {
  '.m3u8': { type: 'application/vnd.apple.mpegurl', text: true },
  '.mpd': { type: 'application/dash+xml', text: true },
  '.vtt': { type: 'text/vtt; charset=utf-8', text: true },
  '.mp4': { type: 'video/mp4', text: false },
  '.m4s': { type: 'video/iso.segment', text: false },
  '.jpg': { type: 'image/jpeg', text: false },
}

/** How a file is sent, by its name; null for all that is no business of players. */
export function mediaTypeOf(path: string): MediaType | null {
  return types[extname(path)] ?? null
}
