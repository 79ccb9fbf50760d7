import assert from 'node:assert/strict'
import { open, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import pg from 'pg'
import type { PolicyView } from '#policies/list.ts'
import { makeClip } from '../support/clip.ts'
import { makeFolder } from '../support/files.ts'
import { listProcesses } from '../support/processes.ts'
import { runProgram } from '../support/program.ts'
import { callApi, type ServerProgram } from '../support/server-program.ts'
import { waitFor } from '../support/wait-for.ts'
import { createToken, startRunnerProgram } from './runner-program.ts'
import { openSite } from './site.ts'

interface List {
  readonly policies: readonly PolicyView[]
}

async function change({ url }: ServerProgram, changes: object): Promise<void> {
  const { status, body } = await callApi('PATCH', `${url}/api/v1/policies`, changes)
  assert.equal(status, 200, JSON.stringify(body))
}

/** Waits until something waits because of a policy. */
function untilHeld({ url }: ServerProgram, key: string) {
  return waitFor(`something that waits for ${key}`, async () => {
    const { body } = await callApi<List>('GET', `${url}/api/v1/policies`)
    return body.policies.find((policy) => policy.key === key)?.waiting
  })
}

async function runSql(dataDir: string, statement: string): Promise<void> {
  const place = { host: join(dataDir, 'postgres'), user: 'reelmill', database: 'postgres' }
  const client = new pg.Client(place)
  await client.connect()
  await client.query(statement)
  await client.end()
}

test('ingest, transcode and export stop and go on by the API, the command line and SQL, and the video is whole in the end (P-30, P-31, P-32, P-22, U70, U76)', async (t) => {
  const { server, dataDir } = await openSite(t)
  const policy = async (...words: string[]) => {
    const env = { DATA_DIR: dataDir }
    return (await runProgram(['policy', ...words], { cwd: dataDir, env })).stdout.trim()
  }
  const clip = await makeClip({ folder: dataDir, seconds: 3 })
  assert.equal(await policy('set', 'ingestEnabled', 'No'), '0')
  const id = await server.create(clip)
  assert.deepEqual(await untilHeld(server, 'ingestEnabled'), { what: 'videos', count: 1 })
  assert.equal((await server.video(id)).state, 'probing')

  await runSql(dataDir, "update policies set value = 'FALSE' where key = 'transcodeEnabled'")
  await change(server, { ingestEnabled: 'yes' })
  assert.equal((await untilHeld(server, 'transcodeEnabled')).what, 'jobs')
  assert.equal((await server.video(id)).state, 'encoding')

  await change(server, { exportEnabled: 0, transcodeEnabled: true })
  assert.deepEqual(await untilHeld(server, 'exportEnabled'), { what: 'videos', count: 1 })
  assert.equal((await server.video(id)).state, 'packaging')
  assert.equal(await policy('get', 'exportEnabled'), '0')
  await runSql(dataDir, "update policies set value = '1' where key = 'exportEnabled'")
  const video = await server.settled(id)
  assert.deepEqual([video.state, video.renditions[0]?.frames], ['published', 75])
  const { policies } = JSON.parse(`{"policies": ${await policy('list', '--json')}}`) as List
  assert.ok(policies.every(({ waiting }) => waiting === null))
})

/** Some seconds of work. */
const slowProfile = {
  name: 'slow',
  gopSeconds: 1,
  segmentSeconds: 2,
  chunkSecondsMax: 2,
  video: [{ height: 240, crf: 20, maxrateKbps: 4000, preset: 'veryslow' }],
}

test('terminateAll ends every runner after the job that it has, with exit code 0; local ones come back when it is off (P-33)', async (t) => {
  const { server, dataDir } = await openSite(t, { profiles: [slowProfile] })
  const home = await makeFolder(t)
  const token = await createToken(dataDir)
  const runner = await startRunnerProgram({ url: server.url, token, home, name: 'anna' })
  const clip = await makeClip({ folder: dataDir, seconds: 8, size: '320x240' })
  const id = await server.create(clip, 'slow')
  const locals = async () =>
    (await listProcesses(`${dataDir}/runners`)).filter(({ command }) => command.includes('local-1'))
  const holders = async () => {
    const { body } = await callApi<{ data: { jobs: number }[] }>(
      'GET',
      `${server.url}/api/v1/runners`,
    )
    return body.data.filter(({ jobs }) => jobs > 0).length
  }
  await waitFor('both runners at work', async () => (await holders()) === 2)
  await change(server, { terminateAll: 'YES' })
  assert.equal((await runner.program.exited).code, 0, runner.program.stderr())
  await waitFor('the end of the local runner', async () => (await locals()).length === 0)
  const { body } = await callApi<{ data: { failures: number; state: { id: number } }[] }>(
    'GET',
    `${server.url}/api/v1/runners/jobs?count=100`,
  )
  assert.ok(body.data.every(({ failures }) => failures === 0))
  assert.ok(
    body.data.some(({ state }) => state.id === 3),
    'what they had is completed',
  )
  assert.ok(
    body.data.every(({ state }) => state.id !== 2),
    'nothing is in nobody’s hands',
  )
  assert.equal((await untilHeld(server, 'terminateAll')).what, 'jobs')
  await change(server, { terminateAll: 'no' })
  const video = await server.settled(id)
  assert.deepEqual([video.state, video.renditions[0]?.frames], ['published', 200])
})

test('with verifyDuringIngest a damaged source is refused once, with the lines of ffmpeg; a sound one is published (P-35, P-43, U21, WP14)', async (t) => {
  const { server, dataDir } = await openSite(t)
  const output = ['-movflags', '+faststart']
  const sound = await makeClip({ folder: dataDir, name: 'sound.mp4', seconds: 2, output })
  const damaged = await makeClip({ folder: dataDir, name: 'damaged.mp4', seconds: 2, output })
  const { size } = await stat(damaged)
  const file = await open(damaged, 'r+')
  await file.write(Buffer.alloc(3000, 0x5a), 0, 3000, Math.floor(size * 0.6))
  await file.close()
  await change(server, { verifyDuringIngest: true })
  const [good, bad] = await Promise.all([server.create(sound), server.create(damaged)])
  assert.equal((await server.settled(good)).state, 'published')
  const { state, error } = await server.settled(bad)
  assert.deepEqual([state, error?.code], ['failed', 'source_damaged'])
  assert.ok(JSON.stringify(error?.details?.['ffmpeg']).length > 10)
})
