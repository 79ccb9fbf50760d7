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
 * the whole list of objects: minutes for millions.
 */
export async function sweepStorage(parts: Parts, wanted: Wanted): Promise<SweepReport> {
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
  const facts = { dryRun, orphans: { objects, bytes }, missing: missing.length }
  await noteSweep(parts.database, 'storage', { facts })
  return { dryRun, orphans: { objects, bytes }, missing }
}
