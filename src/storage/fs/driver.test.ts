import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { describeStorage, scratch } from '../../../test/support/storage-contract.ts'
import { openFsStorage } from './driver.ts'
import { guarded } from './failures.ts'
import { temporaryFolder } from './temporary.ts'

describeStorage('a folder', async (t) => openFsStorage(await scratch(t)))

test('An object is a plain file that programs can read in place', async (t) => {
  const storage = openFsStorage(await scratch(t))
  await storage.put('a/b.mp4', Buffer.from('bytes'))
  const path = storage.localPath('a/b.mp4')
  assert.ok(path)
  assert.equal(await readFile(path, 'utf8'), 'bytes')
})

test('A file of another volume is taken over too', async (t) => {
  const other = await mkdtemp('/dev/shm/reelmill-')
  t.after(() => rm(other, { recursive: true, force: true }))
  const storage = openFsStorage(await mkdtemp(join(tmpdir(), 'reelmill-storage-')))
  t.after(() => storage.deleteAll(''))
  await writeFile(join(other, 'made'), 'far away')
  assert.equal((await storage.putFile('k', join(other, 'made'))).sizeBytes, 8)
  await assert.rejects(stat(join(other, 'made')), { code: 'ENOENT' })
})

test('Deleting the last object removes its folders (U15)', async (t) => {
  const root = await scratch(t)
  const storage = openFsStorage(root)
  await storage.put('videos/1/1/a.m4s', Buffer.from('x'))
  await storage.delete('videos/1/1/a.m4s')
  assert.deepEqual(await readdir(root), [temporaryFolder])
})

test('What a killed writer left is swept at once, a living one is left alone (U15)', async (t) => {
  const root = await scratch(t)
  const storage = openFsStorage(root)
  const driver = fileURLToPath(new URL('driver.ts', import.meta.url))
  const script = `
    import { Readable } from 'node:stream'
    import { openFsStorage } from ${JSON.stringify(driver)}
    async function* body() { yield Buffer.from('half'); process.kill(process.pid, 'SIGKILL'); yield Buffer.from('x') }
    await openFsStorage(${JSON.stringify(root)}).put('k', Readable.from(body()))`
  assert.throws(() =>
    execFileSync(process.execPath, ['--input-type=module', '-e', script], { stdio: 'ignore' }),
  )
  const slow = new Readable({ read: () => undefined })
  const writing = storage.put('slow', slow)
  slow.push('begun')
  const count = async (): Promise<number> => (await readdir(join(root, temporaryFolder))).length
  while ((await count()) < 2) await setImmediate()
  assert.equal(await storage.sweepTemporary(60_000), 1)
  slow.push(null)
  assert.equal((await writing).sizeBytes, 5)
  assert.equal(await count(), 0)
})

test('What a writer of another machine left is swept when it is old (U15)', async (t) => {
  const root = await scratch(t)
  const folder = join(root, temporaryFolder)
  await mkdir(folder)
  await writeFile(join(folder, 'elsewhere_1_2_x'), '')
  const storage = openFsStorage(root)
  assert.equal(await storage.sweepTemporary(60_000), 0)
  await utimes(join(folder, 'elsewhere_1_2_x'), 1, 1)
  assert.equal(await storage.sweepTemporary(60_000), 1)
})

test('A full disk is told by its name (U137)', async () => {
  // /dev/full answers every write with ENOSPC.
  await assert.rejects(guarded('k', writeFile('/dev/full', 'x')), { code: 'disk_full' })
})
