import type { Upload } from './upload.ts'

/** What a browser keeps of files, so that a reload finds them; larger ones are picked again. */
export const keptBytes = { file: 512 * 1024 ** 2, all: 1024 ** 3 }

/**
 * Whether some file that has not arrived would have to be picked again if the page were left. What
 * was kept of one that has arrived is thrown away, but it may have taken the place of a later one.
 */
export function isLeftWithLoss(uploads: readonly Upload[]): boolean {
  let bytes = 0
  for (const { phase, sizeBytes } of uploads) {
    // Of this one nothing is here any more.
    if (phase === 'lost') continue
    const isKept = sizeBytes <= keptBytes.file && bytes + sizeBytes <= keptBytes.all
    if (!isKept && phase !== 'done') return true
    if (isKept) bytes += sizeBytes
  }
  return false
}
