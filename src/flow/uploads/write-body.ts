import { createHash, type Hash } from 'node:crypto'
import { ReelmillError, toReelmillError } from '#errors/reelmill-error.ts'
import type { GrowingSource } from './growing-source.ts'
import type { IncomingBody } from './incoming-body.ts'

/** What a sender says that its bytes hash to. */
export interface Checksum {
  /** As `node:crypto` calls it. */
  readonly algorithm: string
  readonly digest: Buffer
}

interface Body {
  readonly body: IncomingBody
  readonly checksum: Checksum | null
  /** More than that is refused. */
  readonly roomBytes: number
  /** A sender that is silent for so long is cut off. */
  readonly idleMs: number
}

/**
 * Writes a body up to where the sender goes away, which is no failure without a checksum.
 *
 * @returns what went wrong, or null: what was written is there either way.
 */
export async function writeBody(source: GrowingSource, about: Body): Promise<Error | null> {
  const { body, checksum } = about
  const hash = checksum ? createHash(checksum.algorithm) : null
  try {
    await writeChunks(source, about, hash)
    const isWhole = body.isWhole && hash?.digest().equals(checksum?.digest ?? Buffer.of())
    return checksum && !isWhole ? new ReelmillError('upload_checksum_mismatch') : null
  } catch (error) {
    return error instanceof Error ? error : toReelmillError(error)
  }
}

async function writeChunks(source: GrowingSource, about: Body, hash: Hash | null): Promise<void> {
  const { body, roomBytes, idleMs } = about
  const idle = setTimeout(() => body.destroy(), idleMs)
  let written = 0
  try {
    for await (const chunk of body.chunks()) {
      written += chunk.length
      if (written > roomBytes) throw new ReelmillError('payload_too_large')
      hash?.update(chunk)
      await source.write(chunk)
      idle.refresh()
    }
  } finally {
    clearTimeout(idle)
  }
}
