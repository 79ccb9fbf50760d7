import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { isAbsolute, join, relative } from 'node:path'
import { type TestContext, test } from 'node:test'
import { clearLeftovers, openScratch } from './scratch.ts'

async function makeFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'reelmill-scratch-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  return folder
}

const server = 'http://127.0.0.1:9'
const holder = () => ({ uuid: randomUUID(), jobToken: 'ptrjt-1', runnerToken: 'ptrt-1' })

test('a job has an empty folder of its own, and nothing is left of it afterwards', async (t) => {
  const folder = await makeFolder(t)
  const scratch = await openScratch(folder, server)
  const job = holder()
  const own = await scratch.open(job)
  assert.deepEqual(await readdir(own), [])
  await writeFile(join(own, 'part'), 'x')
  await scratch.close(job.uuid)
  const [run = ''] = await readdir(folder)
  assert.deepEqual(await readdir(join(folder, run)), [])
  await scratch.remove()
  assert.deepEqual(await readdir(folder), [])
})

test('the folder of a job is absolute, however the work folder is called: programs are started in it', async (t) => {
  const folder = await makeFolder(t)
  const scratch = await openScratch(relative(process.cwd(), folder), server)
  assert.ok(isAbsolute(await scratch.open(holder())))
})

test('the tokens of a job are readable by nobody else', async (t) => {
  const folder = await makeFolder(t)
  const scratch = await openScratch(folder, server)
  const job = holder()
  const own = await scratch.open(job)
  assert.equal((await stat(`${own}.json`)).mode & 0o077, 0)
})

test('what a killed run left is removed and its jobs are named; who is alive keeps all', async (t) => {
  const folder = await makeFolder(t)
  const alive = await openScratch(folder, server)
  await alive.open(holder())
  // A process that is over for certain.
  const { pid } = spawnSync('true')
  const job = holder()
  const dead = join(folder, `run-${pid}-00000000`)
  await mkdir(join(dead, job.uuid), { recursive: true })
  await writeFile(join(dead, `${job.uuid}.json`), JSON.stringify({ server, ...job }))
  await writeFile(join(dead, 'half.json'), '{"uuid":')
  assert.deepEqual(await clearLeftovers(folder), [{ server, holder: job }])
  const left = await readdir(folder)
  assert.equal(left.length, 1)
  assert.ok(left[0]?.startsWith(`run-${process.pid}-`))
})
