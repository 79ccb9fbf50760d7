import { createHash, type Hash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { ReelmillError, toReelmillError } from '#errors/reelmill-error.ts'
import type { GrowingSource } from './growing-source.ts'

/** What a sender says that its bytes hash to. */
export interface Checksum {
  /** As `node:crypto` calls it. */
  readonly algorithm: string
  readonly digest: Buffer
}

interface Body {
  readonly body: Readable
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
    const isWhole = body.readableEnded && hash?.digest().equals(checksum?.digest ?? Buffer.of())
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
    for await (const chunk of readUntilCut(body)) {
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

/** Ends where the body ends or breaks off; leaves the stream open, for the answer goes the same way. */
async function* readUntilCut(body: Readable): AsyncGenerator<Buffer> {
  const chunks = body.iterator({ destroyOnReturn: false })
  try {
    for (;;) {
      const next = await chunks.next()
      if (next.done) return
      yield next.value as Buffer
    }
  } catch {
    // The sender went away, which a resumable upload is made for.
  }
}
