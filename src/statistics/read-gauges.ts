import { type Kysely, sql } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { countVideos, type VideoCounts } from './count-videos.ts'
import type { Counters } from './counters.ts'
import { inSnapshot } from './in-snapshot.ts'
import { type FleetFigures, readFleet } from './read-fleet.ts'
import { countOpenJobs, type OpenJobs, readOldestWaiting } from './read-queue.ts'
import { readStoredLately, type StoredBytes } from './read-stored.ts'
import { readThroughput } from './read-throughput.ts'

/** What a monitor watches: nothing in it costs more the more jobs were ever done. */
export interface Gauges {
  readonly videos: VideoCounts
  readonly openJobs: readonly OpenJobs[]
  readonly oldestWaitingSeconds: number | null
  readonly runners: FleetFigures
  readonly lastContacts: readonly { readonly name: string; readonly seconds: number }[]
  readonly lastHour: Counters
  readonly storedBytes: StoredBytes
}

/** Of runners that have been away for longer nobody wants a line for ever. */
const silentDays = 7

/** All of it in one snapshot of the database, but for sizes, which may be older. */
export async function readGauges(database: Kysely<Tables>): Promise<Gauges> {
  const storedBytes = await readStoredLately(database)
  return inSnapshot(database, async (tx) => ({
    videos: await countVideos(tx),
    openJobs: await countOpenJobs(tx),
    oldestWaitingSeconds: (await readOldestWaiting(tx)).oldestWaitingSeconds,
    runners: await readFleet(tx),
    lastContacts: await readLastContacts(tx),
    lastHour: (await readThroughput(tx)).hour,
    storedBytes,
  }))
}

async function readLastContacts(database: Kysely<Tables>): Promise<Gauges['lastContacts']> {
  const { rows } = await sql<{ name: string; seconds: number }>`
    select name, extract(epoch from now() - last_contact_at)::float8 as seconds from runners
     where last_contact_at > now() - make_interval(days => ${silentDays}) order by name`.execute(
    database,
  )
  return rows
}
