import type { Kysely } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { createJobs, type NewJob } from '#jobs/create.ts'
import { insertVersion } from './insert-version.ts'

/** The track that all jobs are about. */
export const track = '90p'
const segmentFrames = 50

/**
 * Orders jobs of one segment each, whose segments are there already, so that a runner may say that
 * it is done. One job more, which nobody can do, keeps the version from being finished.
 */
export async function orderWork(database: Kysely<Tables>, jobs: number): Promise<void> {
  const versionId = await insertVersion(database)
  await insertSegments(database, versionId, jobs)
  const orders = Array.from({ length: jobs }, (_, index) => chunkAt(index, jobs, []))
  const stopper = chunkAt(jobs, jobs, ['an encoder of nobody'])
  await database.transaction().execute((tx) => createJobs(tx, versionId, [...orders, stopper]))
}

function chunkAt(index: number, jobs: number, encoders: readonly string[]): NewJob {
  const payload = {
    type: 'vod-chunk-encoding',
    input: { demuxer: 'mov', originSeconds: 0, sizeBytes: 10, videoStream: 0 },
    grid: {
      frameRate: [25, 1],
      frames: (jobs + 1) * segmentFrames,
      gopFrames: segmentFrames,
      segmentFrames,
      timescale: 12800,
      frameTicks: 512,
    },
    chunk: { firstFrame: index * segmentFrames, frames: segmentFrames, tailFrames: 0 },
    renditions: [
      { name: track, codec: 'h264', width: 160, height: 90, encoder: { reorderFrames: 2 } },
    ],
  }
  return {
    type: 'vod-chunk-encoding',
    priority: 1,
    label: `chunk ${index}`,
    payload: payload as unknown as NewJob['payload'],
    encoders,
    weight: 1,
  }
}

async function insertSegments(
  database: Kysely<Tables>,
  versionId: string,
  jobs: number,
): Promise<void> {
  const init = Buffer.from('init')
  await database
    .insertInto('tracks')
    .values({ version_id: versionId, name: track, codecs: 'avc1', timescale: 12800, init })
    .execute()
  await database
    .insertInto('segments')
    .values(
      Array.from({ length: jobs }, (_, number) => ({
        version_id: versionId,
        track,
        number,
        duration_ticks: 25_600,
        bytes: 100,
        samples: segmentFrames,
        keyframes: '[]',
      })),
    )
    .execute()
}
