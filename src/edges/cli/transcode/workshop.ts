import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { workshopPrefix } from './remove-abandoned.ts'

/** A folder for one piece of work, beside its result, so that handing over is one rename. */
export interface Workshop {
  readonly dataDir: string
  /**
   * Makes the folder of finished files the result. Fails with `invalid_request` where another has
   * put something there meanwhile, unless it is to be replaced.
   */
  deliver(folder: string): Promise<void>
  remove(): Promise<void>
}

/**
 * Opens a workshop for a result that is new or empty, or is to be replaced.
 *
 * @throws ReelmillError `invalid_request` when the folder for the result holds something.
 */
export async function openWorkshop(outputDir: string, overwrite: boolean): Promise<Workshop> {
  if (!overwrite && (await isFilled(outputDir))) {
    throw new ReelmillError(
      'invalid_request',
      `${outputDir} is not empty; --overwrite replaces it.`,
    )
  }
  const parent = dirname(outputDir)
  await mkdir(parent, { recursive: true })
  const dataDir = await mkdtemp(join(parent, workshopPrefix()))
  return {
    dataDir,
    async deliver(folder) {
      if (overwrite) await rm(outputDir, { recursive: true, force: true })
      await moveOnto(folder, outputDir)
    },
    remove: () => rm(dataDir, { recursive: true, force: true, maxRetries: 5 }),
  }
}

/** A rename takes the place of an empty folder, and of nothing else: no look before it is needed. */
async function moveOnto(folder: string, outputDir: string): Promise<void> {
  try {
    await rename(folder, outputDir)
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
    if (!['ENOTEMPTY', 'EEXIST', 'ENOTDIR'].includes(code)) throw cause
    const sentence = `Something was put into ${outputDir} meanwhile, and is left as it is.`
    throw new ReelmillError('invalid_request', sentence, { cause })
  }
}

async function isFilled(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).length > 0
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
    if (code === 'ENOENT') return false
    throw new ReelmillError('invalid_request', `${folder} cannot be used as a folder.`, { cause })
  }
}
