import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { Profile } from '#stages/planning/profile.ts'
import { createToken } from '../journeys/runner-program.ts'
import { openSite } from '../journeys/site.ts'
import { startStockProcess } from '../peers/stock-process.ts'
import { startStockRunner } from '../peers/stock-runner.ts'
import { makeClip } from '../support/clip.ts'
import { type ServerProgram, startServerProgram } from '../support/server-program.ts'
import { waitFor } from '../support/wait-for.ts'
import { openFarm } from './farm.ts'

const marsha: Profile = {
  name: 'marsha-small',
  wholeFiles: { rules: 'marsha', resolutions: [90, 144] },
}

/** Of a clip: so that nobody has done its first job before it can be stopped. */
const longEnough = { seconds: 40, size: '640x360' }

interface ShownJob {
  readonly state: string
  readonly failures: number
}

async function openWithVideo(t: TestContext) {
  const { server, dataDir } = await openSite(t, {
    profiles: [marsha],
    env: { RUNNERS: '0' },
  })
  const clip = await makeClip({ folder: dataDir, ...longEnough })
  const id = await server.create(clip, marsha.name)
  const registrationToken = await createToken(dataDir)
  return { server, dataDir, id, clip, registrationToken, url: server.url }
}

async function jobsOf(server: ServerProgram, id: string): Promise<ShownJob[]> {
  const { body } = await server.call<{ jobs: ShownJob[] }>('GET', `/${id}/jobs`)
  return body.jobs
}

const sumFailures = (jobs: readonly ShownJob[]): number =>
  jobs.reduce((sum, { failures }) => sum + failures, 0)

test('a stock runner that is told to end gives its job back at once, uncounted, and another makes the video (D-106)', async (t) => {
  const { server, id, url, registrationToken, dataDir: scratch } = await openWithVideo(t)
  const first = startStockProcess({ url, registrationToken, release: '0.6.0', scratch })
  await first.whenCalled('update', 204)
  await first.kill('SIGTERM')
  assert.ok(first.calls().some(({ path, status }) => path.endsWith('/abort') && status === 204))
  const before = await jobsOf(server, id)
  assert.ok(before.every(({ state }) => state !== 'processing'))
  assert.equal(sumFailures(before), 0)
  const second = await startStockRunner({
    release: '0.0.21',
    servers: [{ url, registrationToken }],
  })
  t.after(() => second.vanish())
  assert.equal((await server.settled(id)).state, 'published')
  assert.equal(sumFailures(await jobsOf(server, id)), 0)
})

test('a stock runner that is killed loses its job when its lease ends, and another makes the video (D-108, WD3)', async (t) => {
  const farm = await openFarm(t, { profiles: [marsha] })
  const { url, registrationToken, dataDir: scratch, database } = farm
  const [server] = farm.servers
  assert.ok(server)
  const clip = await makeClip({ folder: scratch, ...longEnough })
  const id = await server.create(clip, marsha.name)
  const first = startStockProcess({ url, registrationToken, release: '0.6.0', scratch })
  await first.whenCalled('accept', 200)
  await first.kill('SIGKILL')
  const second = await startStockRunner({
    release: '0.6.0',
    servers: [{ url, registrationToken }],
  })
  t.after(() => second.vanish())
  // Two minutes later, so to speak.
  await database
    .updateTable('jobs')
    .set({ lease_expires_at: new Date(Date.now() - 1000) })
    .where('state', '=', 'processing')
    .where('runner_id', 'in', (runners) =>
      runners.selectFrom('runners').select('id').where('name', '<>', second.name),
    )
    .execute()
  assert.equal((await server.settled(id)).state, 'published')
  assert.equal(sumFailures(await jobsOf(server, id)), 1)
})

test('a stock runner outlives a restart of the server: it is let in again and comes for what is new (D-101)', async (t) => {
  const { server, dataDir, id, clip, url, registrationToken } = await openWithVideo(t)
  const stock = await startStockRunner({ release: '0.6.0', servers: [{ url, registrationToken }] })
  t.after(() => stock.vanish())
  assert.equal((await server.settled(id)).state, 'published')
  const [known] = stock.servers()
  await server.stop()
  const again = await startServerProgram({
    dataDir,
    profiles: [marsha],
    env: { RUNNERS: '0' },
    port: Number(new URL(url).port),
  })
  t.after(() => again.stop())
  const next = await again.create(clip, marsha.name)
  assert.equal((await again.settled(next)).state, 'published')
  assert.deepEqual(stock.servers(), [known])
})

test('a stock runner that an operator removed forgets the server by itself, and its job goes to another (D-103)', async (t) => {
  const { server, url, registrationToken, id } = await openWithVideo(t)
  const stock = await startStockRunner({ release: '0.6.0', servers: [{ url, registrationToken }] })
  t.after(() => stock.vanish())
  assert.equal((await server.settled(id)).state, 'published')
  const list = await (await fetch(`${url}/api/v1/runners/`)).json()
  const { data } = list as { data: { id: number; name: string }[] }
  const row = data.find(({ name }) => name === stock.name)
  const removed = await fetch(`${url}/api/v1/runners/${row?.id}`, { method: 'DELETE' })
  assert.equal(removed.status, 204)
  await server.call('POST', `/${id}/jobs`, { type: 'video-transcription' })
  await waitFor('forgetting', () => stock.servers().length === 0)
})
