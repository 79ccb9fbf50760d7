import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import type { Config } from '#config/config.ts'
import { openTestParts } from '../../../test/support/parts.ts'
import { waitFor } from '../../../test/support/wait-for.ts'
import { deleteVideo } from '../delete-video.ts'
import { isFinishedName } from './list-files.ts'
import { runWatched } from './run-watched.ts'
import { type WatchedData, watching } from './take-watched.ts'
import { watchFolder } from './watch-folder.ts'

/** None before the first file was moved there. */
async function listDone(folder: string): Promise<string[]> {
  return readdir(join(folder, 'done')).catch(() => [])
}

const signal = new AbortController().signal

async function open(t: TestContext, settings: Partial<Config> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'reelmill-watch-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const parts = await openTestParts(t, { watchFolder: folder, ...settings })
  const { tick } = watchFolder(parts, folder)
  /** Two looks with time enough between them. */
  const settle = async (): Promise<void> => {
    await tick(0)
    await tick(60_000)
  }
  const versions = () =>
    parts.database.selectFrom('versions').selectAll().orderBy('created_at').execute()
  const dataOf = async (versionId: string): Promise<WatchedData> => {
    const row = await parts.database
      .selectFrom('watched_files')
      .selectAll()
      .where('version_id', '=', versionId)
      .executeTakeFirstOrThrow()
    return { versionId, name: row.name, sizeBytes: row.size_bytes, modifiedMs: row.modified_ms }
  }
  const run = async (versionId: string): Promise<void> =>
    runWatched(parts, await dataOf(versionId), { last: true, signal })
  return { folder, parts, tick, settle, versions, run, dataOf }
}

test('A file that is dropped or moved into the folder becomes a video of its name (U6, P-20)', async (t) => {
  const { folder, parts, tick, versions } = await open(t)
  await parts.queue.work(watching, (data, attempt) =>
    runWatched(parts, data as WatchedData, attempt),
  )
  await parts.queue.start()
  await writeFile(join(folder, 'film one.mp4'), 'fi')
  await tick(0)
  await writeFile(join(folder, 'film one.mp4'), 'film')
  await tick(2_900)
  await tick(5_800)
  assert.equal((await versions()).length, 0, 'it was being written until just now')
  await tick(6_000)
  const version = await waitFor('journey of the file', async () =>
    (await versions()).find(({ state }) => state === 'probing'),
  )
  assert.equal(version.source_name, 'film one.mp4')
  await waitFor('file in done', async () => (await listDone(folder)).includes('film one.mp4'))
  assert.equal(await text(await parts.storage.get(version.source_key)), 'film')
  assert.deepEqual((await readdir(folder)).toSorted(), ['done'])
})

test('Two servers on one folder take each file once; a file of the same name is a new one later (U6)', async (t) => {
  const { folder, parts, tick, versions, run } = await open(t)
  const other = watchFolder(parts, folder)
  for (const name of ['a.mp4', 'b.mp4', 'c.mp4']) await writeFile(join(folder, name), name)
  await Promise.all([tick(0), other.tick(0)])
  await Promise.all([tick(60_000), other.tick(60_000)])
  await Promise.all([tick(120_001), other.tick(120_001)])
  const taken = await versions()
  const names = taken.map(({ source_name }) => source_name ?? '')
  assert.deepEqual(names.toSorted(), ['a.mp4', 'b.mp4', 'c.mp4'])
  for (const { id } of taken) await run(id)
  assert.deepEqual((await readdir(folder)).toSorted(), ['done'])
  await writeFile(join(folder, 'a.mp4'), 'again')
  await tick(200_000)
  await tick(300_000)
  const again = (await versions()).filter(({ source_name }) => source_name === 'a.mp4')
  assert.equal(again.length, 2)
  await run(again[1]?.id ?? '')
  assert.equal((await readdir(join(folder, 'done'))).length, 4, 'the first is not overwritten')
})

test('What the server was killed in the middle of is done to its end by the next run (U6)', async (t) => {
  const { folder, parts, settle, versions, run } = await open(t)
  await writeFile(join(folder, 'a.mp4'), 'film')
  await settle()
  const [version] = await versions()
  assert.ok(version)
  const saved = join(folder, '.kept')
  await run(version.id)
  // As it was before the file was moved away.
  await rename(join(folder, 'done', 'a.mp4'), saved)
  await rename(saved, join(folder, 'a.mp4'))
  await run(version.id)
  assert.deepEqual(await readdir(join(folder, 'done')), ['a.mp4'])
  assert.equal((await versions()).length, 1)
  await writeFile(join(folder, 'b.mp4'), 'film')
  await settle()
  const deleted = (await versions()).find(({ source_name }) => source_name === 'b.mp4')
  assert.ok(deleted)
  await deleteVideo(parts, deleted.video_id)
  await run(deleted.id)
  assert.deepEqual((await readdir(join(folder, 'done'))).toSorted(), ['a.mp4', 'b.mp4'])
  assert.equal(await parts.storage.head(deleted.source_key), null)
})

test('Links, folders, hidden and unfinished files are left alone (U6, security)', async (t) => {
  const { folder, settle, versions, run, parts } = await open(t, { watchFolderAfter: 'delete' })
  await symlink('/etc/passwd', join(folder, 'link.mp4'))
  await mkdir(join(folder, 'folder.mp4'))
  for (const name of ['.hidden.mp4', 'film.mp4.part', 'film.mp4~']) {
    await writeFile(join(folder, name), 'x')
  }
  await writeFile(join(folder, 'empty.mp4'), '')
  await settle()
  assert.deepEqual(await versions(), [])
  await writeFile(join(folder, 'swapped.mp4'), 'film')
  await settle()
  const [version] = await versions()
  assert.ok(version)
  await rm(join(folder, 'swapped.mp4'))
  await symlink('/etc/passwd', join(folder, 'swapped.mp4'))
  await run(version.id)
  assert.equal((await versions())[0]?.state, 'failed')
  assert.equal(await parts.storage.head(version.source_key), null)
})

test('What may be deleted is deleted when it is taken, and what cannot be read is set aside', async (t) => {
  const { folder, settle, versions, run, parts } = await open(t, { watchFolderAfter: 'delete' })
  await writeFile(join(folder, 'a.mp4'), 'film')
  await settle()
  const [version] = await versions()
  assert.ok(version)
  await run(version.id)
  assert.deepEqual(await readdir(folder), [])
  assert.ok(await parts.storage.head(version.source_key))
})

test('A folder that is away is told once, and its return too (U6)', async (t) => {
  const { folder, parts, versions } = await open(t)
  const told: string[] = []
  const note = (_facts: unknown, message?: string): number => told.push(message ?? '')
  const log = Object.assign(parts.log, { error: note, info: note })
  const { tick } = watchFolder({ ...parts, log }, folder)
  await rename(folder, `${folder}-away`)
  await tick(0)
  await tick(1_000)
  await rename(`${folder}-away`, folder)
  await writeFile(join(folder, 'a.mp4'), 'film')
  await tick(2_000)
  await tick(62_000)
  assert.deepEqual(told.slice(0, 2), [
    'the watch folder cannot be read',
    'the watch folder can be read',
  ])
  assert.equal((await versions()).length, 1)
})

test('Names say whether a file is finished', () => {
  for (const name of ['a.mp4', 'Ä b.mkv', '; rm -rf.mov']) assert.ok(isFinishedName(name), name)
  for (const name of ['.a', 'a.part', 'a.TMP', 'a\nb', 'a~']) assert.ok(!isFinishedName(name), name)
})
