import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { Parts } from './parts.ts'

/** Players that are in the middle of a replaced version may finish. */
const replacedForHours = 6
/** An upload that nobody has added to for so long is given up. */
const stalledUploadHours = 24
const temporaryOlderThanMs = 3_600_000

/** Removes everything below the prefixes. Repeatable: what is gone already is no error. */
export async function removeFiles(parts: Parts, prefixes: readonly string[]): Promise<void> {
  for (const prefix of prefixes) await parts.storage.deleteAll(prefix)
}

/** Cleans up what killed processes and replaced versions leave behind. Any server may, any time. */
export async function sweep(parts: Parts): Promise<void> {
  await removeReplacedVersions(parts)
  await giveUpStalledUploads(parts)
  await removeScratchOfTheDead(parts)
  await parts.storage.sweepTemporary(temporaryOlderThanMs)
}

async function removeReplacedVersions(parts: Parts): Promise<void> {
  await parts.database.transaction().execute(async (tx) => {
    const replaced = await tx
      .deleteFrom('versions')
      .using('videos')
      .whereRef('videos.id', '=', 'versions.video_id')
      .whereRef('versions.number', '<', 'videos.published_version')
      .where(
        'versions.updated_at',
        '<',
        sql<Date>`now() - make_interval(hours => ${replacedForHours})`,
      )
      .returning(['versions.prefix', 'versions.video_id', 'versions.number'])
      .execute()
    if (replaced.length === 0) return
    const prefixes = replaced.flatMap(({ prefix, video_id, number }) => [
      prefix,
      `sources/${video_id}/${number}/`,
    ])
    await parts.queue.enqueue(tx, 'removing', { prefixes })
  })
}

async function giveUpStalledUploads(parts: Parts): Promise<void> {
  await parts.database
    .deleteFrom('videos')
    .using('versions')
    .whereRef('versions.video_id', '=', 'videos.id')
    .where('versions.state', '=', 'uploading')
    .where('videos.published_version', 'is', null)
    .where(
      'versions.updated_at',
      '<',
      sql<Date>`now() - make_interval(hours => ${stalledUploadHours})`,
    )
    .execute()
}

/** Scratch folders carry the id of the process that made them (scratch.ts). */
async function removeScratchOfTheDead({ config }: Parts): Promise<void> {
  const parent = join(config.dataDir, 'tmp')
  const names = await readdir(parent).catch(() => [])
  for (const name of names) {
    const pid = /^scratch-(\d+)-/.exec(name)?.[1]
    if (pid !== undefined && !isAlive(Number(pid))) {
      await rm(join(parent, name), { recursive: true, force: true })
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // Another user's process is alive too.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
