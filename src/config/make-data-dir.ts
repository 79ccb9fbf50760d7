import { constants } from 'node:fs'
import { access, mkdir } from 'node:fs/promises'
import { ReelmillError } from '#errors/reelmill-error.ts'

/** Others of the machine have nothing to look for in it: sources, and the runners' tokens. */
const ownersOnly = 0o700
/**
 * root may have to run PostgreSQL as another user, who must get through to his own folder; nobody
 * can see what else there is.
 */
const passable = 0o711

/**
 * Makes DATA_DIR unless it is there, and sees that files can be written to it. One that is there
 * keeps its mode: it is its owner's choice.
 *
 * @throws ReelmillError `invalid_setting`.
 */
export async function makeDataDir(dataDir: string): Promise<void> {
  try {
    const mode = process.getuid?.() === 0 ? passable : ownersOnly
    await mkdir(dataDir, { recursive: true, mode })
    await access(dataDir, constants.W_OK | constants.X_OK)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new ReelmillError('invalid_setting', `DATA_DIR cannot be written to: ${why}.`, { cause })
  }
}
