import { toReelmillError } from '#errors/reelmill-error.ts'
import { noteSweep } from '../note-sweep.ts'
import type { Parts } from '../parts.ts'
import { findMissing, type Missing } from './find-missing.ts'
import { findOrphans } from './find-orphans.ts'

/** What a sweep of the storage found, and whether it is gone. */
export interface SweepReport {
  readonly dryRun: boolean
  readonly orphans: { readonly objects: number; readonly bytes: number }
  readonly missing: readonly Missing[]
}

interface Wanted {
  readonly dryRun: boolean
  /** Younger objects are left alone. */
  readonly olderThanHours: number
  /** Is told of each orphan, removed or not. */
  readonly onOrphan?: (orphan: { readonly key: string; readonly sizeBytes: number }) => void
}

/**
 * Removes objects that no row knows of, and finds rows whose objects are gone (WC13, U16). It reads
 * the whole list of objects: minutes for millions. Operators are shown what became of it.
 *
 * @throws ReelmillError of the storage; what was removed before stays so.
 */
export async function sweepStorage(parts: Parts, wanted: Wanted): Promise<SweepReport> {
  try {
    const report = await look(parts, wanted)
    const { missing, ...others } = report
    await noteSweep(parts.database, 'storage', { facts: { ...others, missing: missing.length } })
    return report
  } catch (error) {
    const { message } = toReelmillError(error)
    await noteSweep(parts.database, 'storage', { error: message }).catch((failure: unknown) =>
      parts.log.warn({ err: failure }, 'that a sweep failed could not be written down'),
    )
    throw error
  }
}

async function look(parts: Parts, wanted: Wanted): Promise<SweepReport> {
  const { dryRun, olderThanHours, onOrphan } = wanted
  let objects = 0
  let bytes = 0
  for await (const orphan of findOrphans(parts, { olderThanMs: olderThanHours * 3.6e6 })) {
    objects += 1
    bytes += orphan.sizeBytes
    if (!dryRun) await parts.storage.delete(orphan.key)
    onOrphan?.(orphan)
  }
  const missing: Missing[] = []
  for await (const each of findMissing(parts)) missing.push(each)
  return { dryRun, orphans: { objects, bytes }, missing }
}
