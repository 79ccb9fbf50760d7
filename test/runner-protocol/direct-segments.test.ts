import assert from 'node:assert/strict'
import { buffer } from 'node:stream/consumers'
import { after, test } from 'node:test'
import type { SegmentUpload } from '#edges/runner-client/answers.ts'
import { createApi } from '#edges/runner-client/api.ts'
import { createSegmentPut } from '#edges/runner-client/put-segments.ts'
import type { NewJob } from '#jobs/create.ts'
import { type HeldJob, prefix, startProtocolServer } from '../support/protocol-server.ts'
import { openS3Server } from '../support/s3-server.ts'
import { encodeSecondSegment, orderTwoSegments, segmentFrames } from '../support/two-groups.ts'

const server = await startProtocolServer({ after }, await openS3Server({ after }))
const { init, segment } = await encodeSecondSegment()

const bytes = (body: Buffer) => ({
  body: new Uint8Array(body),
  headers: { 'content-type': 'application/octet-stream' },
})
const json = (body: object) => ({
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json' },
})
const call = (
  job: HeldJob,
  method: string,
  path: string,
  sent: { body: string | Uint8Array<ArrayBuffer>; headers: Record<string, string> },
): Promise<Response> =>
  fetch(`${server.url}${prefix}/jobs/${job.uuid}/tracks/90p/${path}`, {
    method,
    body: sent.body,
    headers: {
      ...sent.headers,
      'x-runner-token': job.runnerToken,
      'x-job-token': job.jobToken,
    },
  })

async function hold() {
  const job = await server.hold(await server.register(), orderTwoSegments())
  assert.equal((await call(job, 'PUT', 'init', bytes(init))).status, 204)
  return job
}

async function sign(job: HeldJob): Promise<SegmentUpload> {
  const answer = await call(job, 'POST', 'uploads', json({ first: 1, count: 2 }))
  assert.equal(answer.status, 200)
  const { uploads } = (await answer.json()) as { uploads: SegmentUpload[] }
  assert.deepEqual(
    uploads.map(({ number }) => number),
    [1, 2],
  )
  return uploads[0] as SegmentUpload
}

const put = async ({ url, headers }: SegmentUpload, body: Buffer): Promise<void> => {
  const answer = await fetch(url, { method: 'PUT', headers, body: new Uint8Array(body) })
  assert.equal(answer.status, 200, await answer.text())
}
const tell = (job: HeldJob) => call(job, 'PUT', 'segments/1', json({ staged: true }))
const keysBelow = async (folder: string): Promise<string[]> => {
  const keys: string[] = []
  for await (const { key } of server.parts.storage.list(folder)) keys.push(key)
  return keys
}
const prefixOf = async ({ versionId }: { versionId: string }): Promise<string> => {
  const row = await server.database
    .selectFrom('versions')
    .select('prefix')
    .where('id', '=', versionId)
    .executeTakeFirstOrThrow()
  return row.prefix
}
const listSegments = ({ versionId }: { versionId: string }) =>
  server.database
    .selectFrom('segments')
    .select(['number', 'bytes', 'samples'])
    .where('version_id', '=', versionId)
    .execute()

test('a segment goes straight there, is looked at and kept; telling twice is no error (U11, U131)', async () => {
  const job = await hold()
  await put(await sign(job), segment)
  assert.equal((await tell(job)).status, 204)
  assert.equal((await tell(job)).status, 204)
  const kept = await server.parts.storage.get(`${await prefixOf(job)}90p/1.m4s`)
  assert.ok((await buffer(kept)).equals(segment))
  assert.deepEqual(await listSegments(job), [
    { number: 1, bytes: segment.length, samples: segmentFrames },
  ])
  assert.deepEqual(await keysBelow('results/'), [])
})

test('no address is signed for a track that the job does not have', async () => {
  const ask = async (job: HeldJob, track: string): Promise<unknown> => {
    const { uuid, runnerToken, jobToken } = job
    const answer = await fetch(`${server.url}${prefix}/jobs/${uuid}/tracks/${track}/uploads`, {
      method: 'POST',
      body: JSON.stringify({ first: 0, count: 1 }),
      headers: {
        'content-type': 'application/json',
        'x-runner-token': runnerToken,
        'x-job-token': jobToken,
      },
    })
    return [answer.status, await answer.json()]
  }
  const chunk = await hold()
  assert.deepEqual(await ask(chunk, '720p'), [200, { uploads: [] }])
  const whole = { type: 'generate-video-storyboard', payload: { type: 'x' } } as unknown as NewJob
  const storyboard = await server.hold(await server.register({ version: '8.0.0' }), whole)
  assert.deepEqual(await ask(storyboard, '90p'), [200, { uploads: [] }])
})

test('what is not as ordered, or not there, is refused, and nothing of it is kept', async () => {
  const job = await hold()
  const refused = await tell(job)
  assert.equal(refused.status, 422)
  const upload = await sign(job)
  const wrong = Buffer.from(segment)
  wrong.writeUInt32BE(7, wrong.indexOf('tfdt', 0, 'latin1') + 12)
  for (const body of [wrong, Buffer.from('no boxes'), segment.subarray(0, -1)]) {
    await put(upload, body)
    assert.equal((await tell(job)).status, 422)
  }
  assert.deepEqual(await listSegments(job), [])
  assert.deepEqual(await keysBelow(`${await prefixOf(job)}90p/`), [
    `${await prefixOf(job)}90p/init.mp4`,
  ])
})

test('who held the job before writes where nobody looks any more', async () => {
  const before = await hold()
  const late = await sign(before)
  const { uuid, runnerToken, jobToken } = before
  const tokens = { runnerToken, jobToken }
  await server.post(`/jobs/${uuid}/abort`, { ...tokens, reason: 'stop' })
  const now = await server.accept(uuid, await server.register())
  await put(late, segment)
  assert.equal((await tell(now)).status, 422)
  assert.equal((await tell(before)).status, 404)
})

test("our own runner goes that way, and through the server where the bucket won't", async () => {
  const job = await hold()
  const api = createApi(server.url)
  const accepted = { uuid: job.uuid, type: 'vod-chunk-encoding', jobToken: job.jobToken }
  const direct = { ...accepted, payload: { segmentUploads: true } }
  assert.equal(await createSegmentPut(api, job, direct)('90p', 1, segment), true)
  assert.equal((await listSegments(job)).length, 1)
  const out = await hold()
  const deaf = {
    ...api,
    signUploads: async () => [{ number: 1, url: 'http://127.0.0.1:1/', headers: {} }],
  }
  assert.equal(await createSegmentPut(deaf, out, direct)('90p', 1, segment), false)
  const plain = { ...accepted, payload: {} }
  assert.equal(await createSegmentPut(api, out, plain)('90p', 1, segment), false)
})

test('an accepted job says where the bucket serves its source, for this source alone (WD14)', async () => {
  const versionId = await server.order(orderTwoSegments())
  const [row] = await server.listJobs(versionId)
  const { source_key } = await server.database
    .selectFrom('versions')
    .select('source_key')
    .where('id', '=', versionId)
    .executeTakeFirstOrThrow()
  await server.parts.storage.put(source_key, Buffer.from('0123456789'))
  const { runnerToken } = await server.register()
  const answer = await server.post(`/jobs/${row?.uuid}/accept`, { runnerToken })
  const { job } = answer.body as unknown as { job: { payload: Record<string, never> } }
  const { storageUrl } = job.payload['input'] as unknown as { storageUrl: string }
  const part = await fetch(storageUrl, { headers: { range: 'bytes=2-4' } })
  assert.deepEqual([part.status, await part.text()], [206, '234'])
  const other = await fetch(storageUrl.replace(/source\?/, 'other?'))
  assert.notEqual(other.status, 200)
})

test('A runner that follows redirects downloads from the bucket, others from the server (WD14, WD28)', async () => {
  const job = { type: 'generate-video-storyboard', payload: { type: 'x' } } as unknown as NewJob
  const download = async (facts: object, headers: Record<string, string> = {}) => {
    const held = await server.hold(await server.register(facts), job)
    const { video_id, source_key } = await server.database
      .selectFrom('versions')
      .select(['video_id', 'source_key'])
      .where('id', '=', held.versionId)
      .executeTakeFirstOrThrow()
    await server.parts.storage.put(source_key, Buffer.from('0123456789'))
    const { uuid, runnerToken, jobToken } = held
    const path = `${prefix}/jobs/${uuid}/files/videos/${video_id}/max-quality`
    return fetch(`${server.url}${path}`, {
      method: 'POST',
      body: JSON.stringify({ runnerToken, jobToken }),
      headers: { 'content-type': 'application/json', ...headers },
      redirect: 'manual',
    })
  }
  const led = await download({ version: '8.0.0' })
  assert.equal(led.status, 302)
  const there = await fetch(led.headers.get('location') ?? '')
  assert.deepEqual([there.status, await there.text()], [200, '0123456789'])
  const old = await download({})
  assert.deepEqual([old.status, await old.text()], [200, '0123456789'])
  const asked = await download({ version: '8.0.0' }, { 'x-through-server': 'yes' })
  assert.deepEqual([asked.status, await asked.text()], [200, '0123456789'])
})
