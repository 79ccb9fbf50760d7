import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { createTestDatabase } from '../support/database.ts'
import { makeFolder } from '../support/files.ts'
import { type HeldJob, prefix, type TestRunner } from '../support/protocol-server.ts'
import { callApi, endAll, startServerProgram } from '../support/server-program.ts'
import { openFarm } from './farm.ts'

const farm = await openFarm({ after })

interface ShownRunner {
  readonly id: number
  readonly ip: string
  readonly lastContact: string
}

async function shown({ id }: TestRunner): Promise<ShownRunner | undefined> {
  const { body } = await callApi<{ data: ShownRunner[] }>('GET', `${farm.url}${prefix}/?count=100`)
  return body.data.find((runner) => runner.id === id)
}

/** As if nothing had been heard of it for an hour, and then from elsewhere. */
async function forgetContact({ id }: TestRunner): Promise<void> {
  await farm.database
    .updateTable('runners')
    .set({ last_contact_at: new Date(Date.now() - 3_600_000), ip: '192.0.2.1' })
    .where('id', '=', id)
    .execute()
}

test('every call of a runner shows operators that it is there, and from where (D-61)', async () => {
  const runner = await farm.register()
  const { runnerToken } = runner
  const calls: readonly (readonly [string, (job: HeldJob) => Promise<unknown>])[] = [
    ['request', () => farm.post('/jobs/request', { runnerToken })],
    ['accept', async () => farm.hold(runner)],
    ['update', ({ uuid, ...tokens }) => farm.post(`/jobs/${uuid}/update`, tokens)],
    ['abort', ({ uuid, ...rest }) => farm.post(`/jobs/${uuid}/abort`, { ...rest, reason: 'a' })],
    ['error', ({ uuid, ...rest }) => farm.post(`/jobs/${uuid}/error`, { ...rest, message: 'a' })],
    ['success', ({ uuid, ...tokens }) => farm.post(`/jobs/${uuid}/success`, tokens)],
  ]
  for (const [verb, call] of calls) {
    const { uuid, jobToken } = await farm.hold(runner)
    await forgetContact(runner)
    await call({ uuid, jobToken, runnerToken })
    const { ip, lastContact } = (await shown(runner)) ?? {}
    assert.deepEqual([verb, ip], [verb, '127.0.0.1'])
    assert.ok(Date.now() - Date.parse(lastContact ?? '') < 60_000, verb)
  }
})

test("a runner's address is the connection's, and what a proxy says only where it is trusted (D-62, WD15)", async (t) => {
  const said = { 'x-forwarded-for': '198.51.100.7, 192.0.2.9' }
  const registerBy = async (url: string, registrationToken: string, name: string) => {
    const response = await fetch(`${url}${prefix}/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...said },
      body: JSON.stringify({ registrationToken, name }),
    })
    assert.equal(response.status, 200)
  }
  const ipOf = async ({ database }: typeof farm, name: string) =>
    (
      await database
        .selectFrom('runners')
        .select('ip')
        .where('name', '=', name)
        .executeTakeFirstOrThrow()
    ).ip
  await registerBy(farm.url, farm.registrationToken, 'liar')
  assert.equal(await ipOf(farm, 'liar'), '127.0.0.1')
  const behind = await openFarm(t, { env: { TRUSTED_PROXY: '127.0.0.1,192.0.2.9' } })
  await registerBy(behind.url, behind.registrationToken, 'proxied')
  assert.equal(await ipOf(behind, 'proxied'), '198.51.100.7')
})

test('a fresh installation knows no token that anybody could guess, and runners of its own only (WD24)', async (t) => {
  const { database, url } = await createTestDatabase(t)
  const dataDir = await makeFolder(t)
  const env = { DATABASE_URL: url, RUNNERS: '1' }
  const server = await startServerProgram({ dataDir, env })
  t.after(async () => {
    await server.stop()
    await endAll(dataDir)
  })
  assert.deepEqual(await database.selectFrom('registration_tokens').selectAll().execute(), [])
  const runners = await database.selectFrom('runners').select(['local', 'token_hash']).execute()
  assert.deepEqual(
    runners.map(({ local, token_hash }) => [local, token_hash.length]),
    [[true, 32]],
  )
})

test('a job type that is not made here is refused by its name when it is ordered (D-45, WD19)', async () => {
  const versionId = await farm.order({})
  const { video_id } = await farm.database
    .selectFrom('versions')
    .select('video_id')
    .where('id', '=', versionId)
    .executeTakeFirstOrThrow()
  for (const type of ['live-rtmp-hls-transcoding', 'vod-from-the-future']) {
    const path = `${farm.url}/api/v1/videos/${video_id}/jobs`
    const { status, body } = await callApi<{ code: string }>('POST', path, { type })
    assert.deepEqual([status, body.code], [422, 'job_type_unsupported'])
  }
})
