import { readdir, rm, stat } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { isAlive } from '#config/is-alive.ts'
import { toReelmillError } from '#errors/reelmill-error.ts'
import { sweepPeople } from '#people/sweep-people.ts'
import { sweepServers } from '#servers/list-servers.ts'
import { thinSamples } from '#statistics/thin-samples.ts'
import { abandonVersions } from './abandon-version.ts'
import { sweepRequests } from './create-once.ts'
import { sweepPartials } from './imports/sweep-partials.ts'
import { noteSweep } from './note-sweep.ts'
import { sweepParked } from './notifications/sweep-parked.ts'
import type { Parts } from './parts.ts'
import { keptColumns, placesOf } from './remove-files.ts'
import { retireFailed } from './retire-failed.ts'
import { isOwnScratch } from './scratch.ts'
import { sweepRecords } from './sweep-records.ts'
import { sweepResults } from './sweep-results.ts'
import { listGrowingKeys, sweepUploads } from './uploads/sweep-uploads.ts'

/** Players that are in the middle of a replaced version may finish. */
const replacedForHours = 6
/** An upload that nobody has added to for so long is given up, unless it was promised another time. */
const stalledUploadHours = 24
const temporaryOlderThanMs = 3_600_000
const strangersScratchMs = 24 * 3_600_000

/** All that is cleaned up, in its order. */
const chores: readonly ((parts: Parts) => Promise<unknown>)[] = [
  removeReplacedVersions,
  retireFailed,
  giveUpStalledUploads,
  sweepUploads,
  sweepRecords,
  sweepResults,
  ({ database }) => sweepRequests(database),
  sweepVisitors,
  removeScratchOfTheDead,
  sweepPartials,
  sweepParked,
  sweepTemporary,
  ({ database }) => thinSamples(database),
  ({ database }) => sweepServers(database),
]

/**
 * Cleans up what killed processes and replaced versions leave behind. Any server may, any time. What
 * cannot be cleaned up keeps nothing else from it: one object that cannot be removed would let every
 * table grow.
 *
 * @throws the first failure, when all else is done.
 */
export async function sweep(parts: Parts): Promise<void> {
  const failures: unknown[] = []
  for (const clean of chores) await clean(parts).catch((error: unknown) => failures.push(error))
  const [first] = failures
  const error = first === undefined ? null : toReelmillError(first).message
  await noteSweep(parts.database, 'records', { error }).catch((failure: unknown) =>
    failures.push(failure),
  )
  if (failures.length > 0) throw failures[0]
}

async function sweepVisitors({ database, config }: Parts): Promise<void> {
  const { sessionIdleSeconds: idleSeconds, sessionMaxSeconds: maxSeconds } = config
  await sweepPeople(database, { idleSeconds, maxSeconds })
}

async function sweepTemporary(parts: Parts): Promise<void> {
  const growing = await listGrowingKeys(parts)
  await parts.storage.sweepTemporary(temporaryOlderThanMs, (key) => growing.has(key))
}

/** Counted from when the newer version was published: the old one may have been there for years. */
async function removeReplacedVersions(parts: Parts): Promise<void> {
  await parts.database.transaction().execute(async (tx) => {
    const replaced = await tx
      .deleteFrom('versions')
      .using(['videos', 'versions as published'])
      .whereRef('videos.id', '=', 'versions.video_id')
      .whereRef('versions.number', '<', 'videos.published_version')
      .whereRef('published.video_id', '=', 'videos.id')
      .whereRef('published.number', '=', 'videos.published_version')
      .where(
        'published.published_at',
        '<',
        sql<Date>`now() - make_interval(hours => ${replacedForHours})`,
      )
      .returning(keptColumns)
      .execute()
    if (replaced.length > 0) await parts.queue.enqueue(tx, 'removing', placesOf(replaced))
  })
}

/** With the bytes that did arrive: the process may have died between the last one and the first step. */
async function giveUpStalledUploads(parts: Parts): Promise<void> {
  await parts.database.transaction().execute(async (tx) => {
    const stalled = await tx
      .selectFrom('versions')
      .select('id')
      .where('state', '=', 'uploading')
      .where(
        sql<boolean>`coalesce(upload_expires_at,
          updated_at + make_interval(hours => ${stalledUploadHours})) < now()`,
      )
      .forUpdate()
      .skipLocked()
      .execute()
    await abandonVersions(
      parts,
      tx,
      stalled.map(({ id }) => id),
    )
  })
}

/** Scratch folders carry the id of the process that made them (scratch.ts). */
async function removeScratchOfTheDead({ config }: Parts): Promise<void> {
  const parent = join(config.dataDir, 'tmp')
  // It is made by the first who needs it.
  const names = await readdir(parent).catch(() => [])
  for (const name of names) {
    const owner = /^scratch-(\d+)@(.+)-[^-]+$/.exec(name)
    const path = join(parent, name)
    if (owner && (await isOwnerGone(path, Number(owner[1]), owner[2] ?? ''))) {
      await rm(path, { recursive: true, force: true })
    }
  }
}

/** Processes of other machines (or containers) on this folder cannot be asked; time tells. */
async function isOwnerGone(path: string, pid: number, host: string): Promise<boolean> {
  if (host === hostname()) return pid === process.pid ? !isOwnScratch(path) : !isAlive(pid)
  const info = await stat(path).catch(() => null)
  return info !== null && Date.now() - info.mtimeMs > strangersScratchMs
}
