/** Where the parts of a track lie, relative to the output folder: the names, percent-encoded. */
export const initName = 'init.mp4'
export const mediaPlaylistName = 'index.m3u8'
export const iframePlaylistName = 'iframes.m3u8'

/** The name of a segment in its track's folder. */
export function nameSegment(number: number): string {
  return `${number}.m4s`
}

/** The address of a track's file as the playlists beside the folders give it. */
export function addressOf(track: string, file: string): string {
  return `${encodeURIComponent(track)}/${file}`
}
