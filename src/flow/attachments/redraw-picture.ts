import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fitPicture } from '#media/pictures/fit-picture.ts'
import { countCost } from '#stages/encoding/files/cost.ts'
import { openPicture } from '#stages/encoding/files/open-picture.ts'
import type { Parts } from '../parts.ts'
import { programsOf } from '../programs.ts'
import { withScratch } from '../scratch.ts'

const timeoutMs = 60_000

/**
 * A picture that somebody uploaded, as a JPEG of our own that fits into 1280×720: nothing of what was
 * hidden in the file is left.
 *
 * @throws ReelmillError `source_unreadable`, `source_damaged`, `source_too_large`.
 */
export async function redrawPicture(parts: Parts, file: Buffer): Promise<Buffer> {
  return withScratch(parts, async (folder) => {
    const path = join(folder, 'picture')
    await writeFile(path, file)
    const signal = AbortSignal.timeout(timeoutMs)
    const programs = programsOf(parts)
    const { demuxer } = await openPicture(path, { signal, programs, cost: countCost() })
    return fitPicture({ path, demuxer, width: 1280, height: 720, signal, programs })
  })
}
