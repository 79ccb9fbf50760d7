import { sql } from 'kysely'
import type { Parts } from '../parts.ts'

/** An upload that is still going on. */
export interface ArrivingUpload {
  readonly versionId: string
  readonly sourceKey: string
  /** On the disk for sure, without a gap from the first byte on. */
  readonly receivedBytes: number
}

/** An upload that is over sooner gains nothing, and would only be looked at twice. */
const patienceSeconds = 4

/** Uploads that have been going on for a while, the oldest first. */
export function listArriving({ database }: Parts): Promise<ArrivingUpload[]> {
  return database
    .selectFrom('uploads')
    .innerJoin('versions', 'versions.id', 'uploads.version_id')
    .select([
      'versions.id as versionId',
      'versions.source_key as sourceKey',
      'uploads.received_bytes as receivedBytes',
    ])
    .where('versions.state', '=', 'uploading')
    .where('uploads.finished_at', 'is', null)
    .where('uploads.created_at', '<', sql<Date>`now() - make_interval(secs => ${patienceSeconds})`)
    .orderBy('uploads.created_at')
    .limit(1000)
    .execute()
}
