/** Where the bytes of a promised upload go; `stamp` is a Unix time in seconds (M-25). */
export function uploadKeyOf(videoId: string, stamp: number): string {
  return `tmp/${videoId}/video/${stamp}`
}

/** The source key of a version for which nothing was promised yet. */
export function waitingKeyOf(videoId: string): string {
  return uploadKeyOf(videoId, 0)
}

/** What the names of such folders begin with, and those of no versions. */
export const settledFolderStart = 'upload-'

/** The folder of what a bucket let in at a promised address, once it is out of its sender's reach. */
export function settledFolderOf(videoId: string, stamp: number): string {
  return `sources/${videoId}/${settledFolderStart}${stamp}/`
}
