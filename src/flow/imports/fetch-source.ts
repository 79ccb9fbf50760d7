import { ReelmillError, toReelmillError } from '#errors/reelmill-error.ts'
import type { Parts } from '../parts.ts'
import { type Arrived, fetchPart, findArrived } from './fetch-part.ts'
import { findImport, type Import } from './import-row.ts'

/**
 * Fetches the file of an import into the storage, going on where an earlier run was cut off. A break
 * after which there is more than before is no failure: it goes on at once.
 *
 * @returns the file's size in bytes.
 * @throws ReelmillError what `fetchPart` throws; `source_empty`.
 */
export async function fetchSource(parts: Parts, job: Import, signal: AbortSignal): Promise<number> {
  const stored = await findStored(parts, job)
  if (stored !== null) return stored
  const { path, receivedBytes } = await fetchAll(parts, job, signal)
  if (receivedBytes === 0) throw new ReelmillError('source_empty')
  return (await parts.storage.putFile(job.sourceKey, path)).sizeBytes
}

/** Where a process died after the last byte was put into the storage, and before that was known. */
async function findStored({ storage }: Parts, job: Import): Promise<number | null> {
  if (job.totalBytes === null || job.receivedBytes !== job.totalBytes) return null
  const object = await storage.head(job.sourceKey)
  return object?.sizeBytes === job.totalBytes ? job.totalBytes : null
}

async function fetchAll(parts: Parts, job: Import, signal: AbortSignal): Promise<Arrived> {
  let arrived = await findArrived(parts, job)
  for (;;) {
    if (arrived !== null && arrived.receivedBytes === arrived.totalBytes) return arrived
    const before = arrived?.receivedBytes ?? 0
    try {
      return await fetchPart(parts, job, arrived, signal)
    } catch (error) {
      if (!toReelmillError(error).retryable || signal.aborted) throw error
      arrived = await findAgain(parts, job)
      if ((arrived?.receivedBytes ?? 0) <= before) throw error
      parts.log.debug({ err: error, versionId: job.versionId }, 'an import was cut off and goes on')
    }
  }
}

async function findAgain(parts: Parts, { versionId }: Import): Promise<Arrived | null> {
  const job = await findImport(parts, versionId)
  if (!job) throw new ReelmillError('cancelled')
  return findArrived(parts, job)
}
