import type { Attempt } from '#database/step-run.ts'
import { isOutage } from '#errors/is-outage.ts'
import { ReelmillError, toErrorRecord, toReelmillError } from '#errors/reelmill-error.ts'
import { failVersion } from '../advance.ts'
import { endUpload } from '../end-upload.ts'
import type { Parts } from '../parts.ts'
import { fetchSource } from './fetch-source.ts'
import { findImport, type Import } from './import-row.ts'
import { removePartials } from './partial-file.ts'

/**
 * Fetches the source of a version and begins its journey. Cut off anywhere, it is run again, by another
 * server too. What cannot pass by itself fails the version at once; anything else is thrown on to the
 * queue, which tries again.
 */
export async function runImport(
  parts: Parts,
  versionId: string,
  attempt: Pick<Attempt, 'last' | 'signal'>,
): Promise<void> {
  const job = await findImport(parts, versionId)
  try {
    if (job) await takeSource(parts, job, attempt.signal)
  } catch (error) {
    const known = toReelmillError(error)
    if (attempt.signal.aborted || mayPass(known, attempt.last)) throw error
    // The version waits for bytes no more: nobody is to be told of anything.
    if (!['cancelled', 'video_not_found'].includes(known.code)) {
      parts.log.warn({ err: error, versionId }, 'an import failed')
      await fail(parts, versionId, known)
    }
  }
  await removePartials(parts, versionId)
}

async function takeSource(parts: Parts, job: Import, signal: AbortSignal): Promise<void> {
  const { versionId, sourceKey } = job
  const sizeBytes = await fetchSource(parts, job, signal)
  const begun = await parts.database
    .transaction()
    .execute((tx) => endUpload(parts, tx, { versionId, sizeBytes }))
    .catch(async (error: unknown) => {
      if (error instanceof ReelmillError && error.code === 'video_not_found') {
        // Deleted while the last byte came: no row knows of the object any more.
        await parts.storage.delete(sourceKey)
      }
      throw error
    })
  if (!begun) parts.log.debug({ versionId }, 'an import ended after its video was cancelled')
}

/** What passes by itself is waited for; anything else is tried some times. */
function mayPass(error: ReelmillError, isLast: boolean): boolean {
  return error.retryable && (!isLast || isOutage(error))
}

async function fail(parts: Parts, versionId: string, error: ReelmillError): Promise<void> {
  await parts.database
    .transaction()
    .execute((tx) =>
      failVersion(parts, tx, { versionId, from: 'uploading', error: toErrorRecord(error) }),
    )
}
