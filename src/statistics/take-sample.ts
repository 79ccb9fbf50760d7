import { type Kysely, sql, type Transaction } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { countVideos } from './count-videos.ts'
import { readFleet } from './read-fleet.ts'
import { readQueue } from './read-queue.ts'
import { readStored } from './read-stored.ts'

/** Sizes change slowly and are added up from many rows. */
const sizesEveryMinutes = 10

/**
 * Writes how things stand into the row of this minute, unless some server did, and gathers what was
 * counted. Any number of servers may call it at any time; the minute is the database's.
 *
 * @returns whether this call wrote it.
 */
export async function takeSample(database: Kysely<Tables>): Promise<boolean> {
  return database.transaction().execute(async (tx) => {
    const minute = await claimMinute(tx)
    if (minute === null) return false
    const [queue, fleet, videos] = [await readQueue(tx), await readFleet(tx), await countVideos(tx)]
    const { uploading, published, failed, cancelled } = videos.byState
    await tx
      .updateTable('samples')
      .set({
        waiting_jobs: queue.byState.pending,
        waiting_seconds: queue.oldestWaitingSeconds ?? 0,
        held_jobs: queue.byState.processing + queue.byState.completing,
        online_runners: fleet.online,
        online_slots: fleet.slots,
        videos_under_way: videos.total - uploading - published - failed - cancelled,
        ...(await readSizes(tx)),
      })
      .where('at', '=', minute)
      .where('span_seconds', '=', 60)
      .execute()
    await gatherTallies(tx)
    return true
  })
}

/** Another server that comes meanwhile waits for this one's end, and then has nothing to do. */
async function claimMinute(tx: Transaction<Tables>): Promise<Date | null> {
  const row = await tx
    .insertInto('samples')
    .values({ at: sql<Date>`date_trunc('minute', now())`, span_seconds: 60 })
    .onConflict((conflict) => conflict.doNothing())
    .returning('at')
    .executeTakeFirst()
  return row?.at ?? null
}

async function readSizes(
  tx: Transaction<Tables>,
): Promise<{ source_bytes: number; output_bytes: number }> {
  const last = await tx
    .selectFrom('samples')
    .select(['source_bytes', 'output_bytes', sql<number>`extract(minute from now())`.as('minute')])
    .where('at', '>', sql<Date>`now() - make_interval(mins => ${sizesEveryMinutes})`)
    .where('source_bytes', 'is not', null)
    .where('output_bytes', 'is not', null)
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst()
  const isDue = !last || Number(last.minute) % sizesEveryMinutes === 0
  if (!isDue) {
    return { source_bytes: last.source_bytes ?? 0, output_bytes: last.output_bytes ?? 0 }
  }
  const { sources, total } = await readStored(tx)
  return { source_bytes: sources, output_bytes: total - sources }
}

/** What is here is taken, and nothing else: what commits later is taken the next time. */
async function gatherTallies(tx: Transaction<Tables>): Promise<void> {
  await sql`
    with gathered as (delete from tallies returning *)
    insert into samples as kept (at, span_seconds, completed_jobs, failed_tries, frames,
                                 published_videos, published_seconds, failed_videos)
    select date_trunc('minute', at), 60, sum(completed_jobs), sum(failed_tries), sum(frames),
           sum(published_videos), sum(published_seconds), sum(failed_videos)
      from gathered group by 1
    on conflict (at, span_seconds) do update set
      completed_jobs = kept.completed_jobs + excluded.completed_jobs,
      failed_tries = kept.failed_tries + excluded.failed_tries,
      frames = kept.frames + excluded.frames,
      published_videos = kept.published_videos + excluded.published_videos,
      published_seconds = kept.published_seconds + excluded.published_seconds,
      failed_videos = kept.failed_videos + excluded.failed_videos`.execute(tx)
}
