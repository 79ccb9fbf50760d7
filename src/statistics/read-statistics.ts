import type { Kysely } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { countVideos, type VideoCounts } from './count-videos.ts'
import { inSnapshot } from './in-snapshot.ts'
import { type Failures, listFailures } from './list-failures.ts'
import { listUnderWay, type VideoUnderWay } from './list-under-way.ts'
import { type FleetFigures, readFleet } from './read-fleet.ts'
import { type Queue, readQueue } from './read-queue.ts'
import { readStoredLately, type StoredBytes } from './read-stored.ts'
import { readThroughput, type Throughput } from './read-throughput.ts'

/** How things stand now (P-71, U101). */
export interface Statistics {
  readonly at: string
  readonly videos: VideoCounts
  readonly underWay: readonly VideoUnderWay[]
  readonly jobs: Queue
  readonly runners: FleetFigures
  readonly throughput: Throughput
  readonly failures: Failures
  readonly storedBytes: StoredBytes
}

/** All figures, in one snapshot of the database so that they agree; sizes may be older, where adding them up takes long. */
export async function readStatistics(database: Kysely<Tables>): Promise<Statistics> {
  const storedBytes = await readStoredLately(database)
  return inSnapshot(database, async (tx) => ({
    at: new Date().toISOString(),
    videos: await countVideos(tx),
    underWay: await listUnderWay(tx),
    jobs: await readQueue(tx),
    runners: await readFleet(tx),
    throughput: await readThroughput(tx),
    failures: await listFailures(tx),
    storedBytes,
  }))
}
