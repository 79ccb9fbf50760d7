import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { sql } from 'kysely'
import { createOnce, type RequestKey } from '#flow/create-once.ts'
import { openVideo } from '#flow/open-version.ts'
import type { VideoView } from '#videos/video-view.ts'
import { openTestHttpServer } from '../../../../test/support/http-server.ts'
import { openTestParts } from '../../../../test/support/parts.ts'

async function openApi(t: TestContext) {
  const server = await openTestHttpServer(t)
  const path = join(server.parts.config.dataDir, 'a.mp4')
  await writeFile(path, 'not really a video')
  return {
    ...server,
    path,
    create: async (key: string, body: object) => {
      const response = await fetch(`${server.url}/api/v1/videos`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': key },
        body: JSON.stringify(body),
      })
      const answer = (await response.json()) as VideoView & { readonly code?: string }
      return { status: response.status, body: answer }
    },
    count: async () =>
      (await server.parts.database.selectFrom('videos').select('id').execute()).length,
  }
}

test('The same request sent again makes no second video (U80)', async (t) => {
  const { path, create, count, parts } = await openApi(t)
  const first = await create('one', { name: 'a', source: { path } })
  assert.equal(first.status, 201)
  await parts.database.updateTable('versions').set({ state: 'failed' }).execute()
  const again = await create('one', { source: { path }, name: 'a' })
  assert.deepEqual([again.status, again.body.id, again.body.state], [201, first.body.id, 'failed'])
  const other = await create('one', { name: 'b', source: { path } })
  assert.deepEqual([other.status, other.body.code], [422, 'idempotency_key_reused'])
  const another = await create('two', { name: 'a', source: { path } })
  assert.notEqual(another.body.id, first.body.id)
  assert.equal(await count(), 2)
  assert.equal((await create('x'.repeat(256), {})).status, 400)
})

test('Of many at once one makes the video, and the others are told to wait or given it', async (t) => {
  const { path, create, count } = await openApi(t)
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => create('"at once"', { source: { path } })),
  )
  const statuses = new Set(answers.map(({ status }) => status))
  assert.ok(statuses.has(201) && [...statuses].every((status) => status === 201 || status === 409))
  assert.equal(await count(), 1)
})

test('A request that failed may be sent again with its key', async (t) => {
  const { path, create, count } = await openApi(t)
  const body = { source: { path: `${path}.later` } }
  assert.equal((await create('k', body)).status, 404)
  await writeFile(`${path}.later`, 'there now')
  assert.equal((await create('k', body)).status, 201)
  assert.equal(await count(), 1)
})

test('Whoever asks again after the process died finds the video, or makes it then', async (t) => {
  const parts = await openTestParts(t)
  const { database } = parts
  const expire = () =>
    sql`update idempotent_requests set leased_until = now() - interval '1 second'`.execute(database)
  const never = new Promise<string>(() => undefined)
  const open = async (also: Parameters<Parameters<typeof createOnce>[2]['make']>[0]) =>
    (await openVideo(parts, { also }, { filename: 'a.mp4' })).videoId

  for (const isWhole of [true, false]) {
    const key: RequestKey = { keyHash: Buffer.from(randomUUID()), requestHash: Buffer.from('r') }
    const died = Promise.withResolvers<string>()
    const make = async (also: Parameters<typeof open>[0]) => {
      died.resolve(await open(also))
      return never
    }
    void createOnce(parts, key, { make, isWhole })
    const before = await died.promise
    await assert.rejects(createOnce(parts, key, { make: open, isWhole }), {
      code: 'request_in_progress',
    })
    await expire()
    const after = await createOnce(parts, key, { make: open, isWhole })
    assert.equal(after === before, isWhole)
    const left = await database.selectFrom('videos').select('id').where('id', '=', before).execute()
    assert.equal(left.length, isWhole ? 1 : 0, 'what waited for bytes in vain is gone')
    assert.equal(await createOnce(parts, key, { make: open, isWhole }), after)
  }
})

test('Who lost the lease while asleep makes nothing', async (t) => {
  const parts = await openTestParts(t)
  const key: RequestKey = { keyHash: Buffer.from('k'), requestHash: Buffer.from('r') }
  const sleeper = createOnce(parts, key, {
    isWhole: true,
    make: async (also) => {
      await parts.database.updateTable('idempotent_requests').set({ claim: randomUUID() }).execute()
      return (await openVideo(parts, { also }, { filename: 'a.mp4' })).videoId
    },
  })
  await assert.rejects(sleeper, { code: 'request_in_progress' })
  assert.deepEqual(await parts.database.selectFrom('videos').select('id').execute(), [])
})
