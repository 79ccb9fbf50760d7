import { readPolicies } from '#policies/read.ts'
import type { Parts } from '../parts.ts'
import { type ArrivingUpload, listArriving } from './list-arriving.ts'
import { lookAtUpload } from './look-at-upload.ts'

/** Less holds hardly a second of a film. */
const firstLookBytes = 256 * 1024
/** So many times the bytes of the last look: all looks together read five times the file at most. */
const growth = 1.25

/**
 * Makes a function that looks into the uploads that are going on, each when it has grown enough, and
 * orders what can be made of it already; to be called every few seconds. Any number of servers may:
 * what one has ordered no other orders again.
 *
 * @param signal - ends what is under way.
 */
export function watchUploads(parts: Parts, signal: AbortSignal): () => Promise<void> {
  let lookedBytes = new Map<string, number>()
  return async () => {
    const uploads = await listArriving(parts)
    const due = uploads.filter((upload) => isDue(upload, lookedBytes))
    // What is not there any more is forgotten.
    lookedBytes = new Map(uploads.map((upload) => [upload.versionId, bytesOf(upload, lookedBytes)]))
    // Looking into them is ingest too (P-30); they are looked at when they are whole.
    if (due.length === 0 || !(await readPolicies(parts.database, parts.config)).ingestEnabled)
      return
    for (const upload of due) {
      if (signal.aborted) return
      lookedBytes.set(upload.versionId, upload.receivedBytes)
      await look(parts, upload, signal)
    }
  }
}

function bytesOf({ versionId }: ArrivingUpload, looked: ReadonlyMap<string, number>): number {
  return looked.get(versionId) ?? 0
}

function isDue(upload: ArrivingUpload, looked: ReadonlyMap<string, number>): boolean {
  const leastBytes = Math.max(firstLookBytes, bytesOf(upload, looked) * growth)
  return upload.receivedBytes >= leastBytes
}

/** An upload that cannot be looked at loses nothing but its head start. */
async function look(parts: Parts, upload: ArrivingUpload, signal: AbortSignal): Promise<void> {
  try {
    await lookAtUpload(parts, upload, signal)
  } catch (error) {
    if (signal.aborted) return
    const { versionId } = upload
    parts.log.warn({ err: error, versionId }, 'an upload could not be looked at; it goes on')
  }
}
