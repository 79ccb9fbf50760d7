import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import type { Config } from '#config/config.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { makeAudioStream, makeMediaInfo } from '../../test/support/media-info.ts'
import { prefix, startProtocolServer } from '../../test/support/protocol-server.ts'
import { insertVideoRows } from '../../test/support/video-rows.ts'
import { waitFor } from '../../test/support/wait-for.ts'
import { type CompletingData, completeJob } from './complete-job.ts'
import { orderExtra } from './order-extra.ts'
import { cancelJob } from './settle-tree.ts'
import { sweepResults } from './sweep-results.ts'

const vtt = 'WEBVTT\n\nNOTE by somebody\n\n00:01.000 --> 00:02.500\nHello <b>there</b>\n'

/** A server that completes jobs, with a published video and a transcription that a runner holds. */
async function holdTranscription(t: TestContext, settings: Partial<Config> = {}) {
  const dataDir = await mkdtemp(join(tmpdir(), 'reelmill-complete-'))
  t.after(() => rm(dataDir, { recursive: true, force: true }))
  const server = await startProtocolServer(t, { dataDir, ...settings })
  const { parts } = server
  const complete = () =>
    parts.queue
      .work('completing', (data, attempt) => completeJob(parts, data as CompletingData, attempt))
      .then(() => parts.queue.start())
  const media = makeMediaInfo({ audio: [makeAudioStream()] })
  const video = await insertVideoRows(parts.database, { published: true, media })
  const uuid = await orderExtra(parts, video.videoId, { type: 'video-transcription' })
  const runner = await server.register({ version: '8.0.0' })
  const held = await server.accept(uuid, runner)
  const succeed = (language = 'en', file: string | null = vtt) => {
    const form = new FormData()
    form.set('jobToken', held.jobToken)
    form.set('runnerToken', held.runnerToken)
    form.set('payload[inputLanguage]', language)
    if (file !== null) form.set('payload[vttFile]', new Blob([file]), 'subtitles.vtt')
    return server.post(`/jobs/${uuid}/success`, form)
  }
  const readAll = async () => {
    const keys: string[] = []
    for await (const { key } of parts.storage.list('')) keys.push(key)
    return keys
  }
  const settled = (state: string) =>
    waitFor(`the job to be ${state}`, async () => (await server.readJob(uuid)).state === state)
  return { server, parts, video, uuid, held, runner, dataDir, complete, succeed, readAll, settled }
}

test('a transcript is read, written anew and told once, however often it is handed in (D-58, D-71, WD2, U131)', async (t) => {
  const { parts, video, complete, succeed, readAll, settled, dataDir } = await holdTranscription(t)
  const answers = await Promise.all([succeed(), succeed(), succeed()])
  assert.deepEqual(
    answers.map(({ status }) => status),
    [204, 204, 204],
  )
  await settled('completing')
  await complete()
  await settled('completed')
  assert.equal((await succeed()).status, 204)
  await waitFor('nothing staged', async () => (await readAll()).length === 1)
  const [key = ''] = await readAll()
  assert.match(key, /transcript-en\.vtt$/)
  const written = await text(await parts.storage.get(key))
  assert.match(written, /00:00:01\.000 --> 00:00:02\.500\nHello/)
  assert.doesNotMatch(written, /NOTE/)
  const events = await parts.database
    .selectFrom('events')
    .select('type')
    .where('video_id', '=', video.videoId)
    .where('type', '=', 'video.transcribed')
    .execute()
  assert.equal(events.length, 1)
  const { language } = await parts.database
    .selectFrom('videos')
    .select('language')
    .executeTakeFirstOrThrow()
  assert.equal(language, 'en')
  await waitFor('no folder left', async () => (await readdir(join(dataDir, 'tmp'))).length === 0)
})

test('a result without its file is refused, and the job stays where it was (D-58)', async (t) => {
  const { succeed, settled, readAll } = await holdTranscription(t)
  const answer = await succeed('en', null)
  assert.equal(answer.status, 400)
  assert.equal(answer.body?.['code'], 'result_incomplete')
  await settled('processing')
  assert.deepEqual(await readAll(), [])
})

test('a runner that goes away before the answer leaves no files behind', async (t) => {
  const { server, parts, uuid, held, dataDir } = await holdTranscription(t)
  const isStaging = Promise.withResolvers<void>()
  const isGone = Promise.withResolvers<void>()
  parts.storage.putFile = async () => {
    isStaging.resolve()
    await isGone.promise
    throw new ReelmillError('storage_unavailable')
  }
  const leave = new AbortController()
  const form = new FormData()
  for (const name of ['jobToken', 'runnerToken'] as const) form.set(name, held[name])
  form.set('payload[inputLanguage]', 'en')
  form.set('payload[vttFile]', new Blob([vtt]), 'subtitles.vtt')
  const url = `${server.url}${prefix}/jobs/${uuid}/success`
  const call = fetch(url, { method: 'POST', body: form, signal: leave.signal })
  await isStaging.promise
  const listScratch = () => readdir(join(dataDir, 'tmp'))
  assert.equal((await listScratch()).length, 1)
  leave.abort()
  await assert.rejects(call)
  // The server has heard of the end when it answers what came after.
  assert.equal((await server.post('/jobs/request', held)).status, 200)
  isGone.resolve()
  await waitFor('no folder left', async () => (await listScratch()).length === 0)
})

test('what is no transcript is a failure of the runner, and the job is offered again', async (t) => {
  const { server, uuid, succeed, complete, settled, readAll } = await holdTranscription(t)
  assert.equal((await succeed('en', 'hello')).status, 204)
  await complete()
  await settled('pending')
  assert.equal((await server.readJob(uuid)).failures, 1)
  await waitFor('nothing staged', async () => (await readAll()).length === 0)
})

test('a language outside the list is the end of the transcript, with its reason; the video stays (D-33, WD17)', async (t) => {
  const { server, video, uuid, succeed, complete, settled } = await holdTranscription(t, {
    languages: ['fr', 'de'],
  })
  assert.equal((await succeed('en')).status, 204)
  await complete()
  await settled('errored')
  const { error } = await server.readJob(uuid)
  assert.equal(error?.['code'], 'language_unsupported')
  assert.equal((await server.readVersion(video.versionId)).state, 'published')
})

test('a storage that is away is waited for without a new encode (U132, WD5)', async (t) => {
  const { server, parts, uuid, succeed, complete, settled } = await holdTranscription(t)
  assert.equal((await succeed()).status, 204)
  const get = parts.storage.get.bind(parts.storage)
  let refusals = 2
  parts.storage.get = async (...asked) => {
    if (refusals-- > 0) throw Object.assign(new Error('away'), { code: 'EIO' })
    return get(...asked)
  }
  await complete()
  await settled('completed')
  assert.equal((await server.readJob(uuid)).failures, 0)
  assert.ok(refusals < 0)
})

test('a fault of ours that stays is a failed try in the end, an outage never is (U132, WD5)', async (t) => {
  const { server, parts, uuid, succeed } = await holdTranscription(t)
  assert.equal((await succeed()).status, 204)
  const row = await server.readJob(uuid)
  const data = { jobId: row.id, uuid, folder: `results/${uuid}/` }
  const signal = new AbortController().signal
  const completeAt = (last: boolean) =>
    completeJob(parts, data, { number: 5, last, crashes: 0, signal })
  const errors: Error[] = [new ReelmillError('storage_unavailable'), new TypeError('a bug')]
  for (const error of errors) {
    parts.storage.get = () => Promise.reject(error)
    await assert.rejects(completeAt(false))
    assert.equal((await server.readJob(uuid)).state, 'completing')
  }
  parts.storage.get = () => Promise.reject(new ReelmillError('storage_unavailable'))
  await assert.rejects(completeAt(true), { code: 'storage_unavailable' })
  assert.equal((await server.readJob(uuid)).state, 'completing')
  parts.storage.get = () => Promise.reject(new TypeError('a bug'))
  await completeAt(true)
  const { state, failures } = await server.readJob(uuid)
  assert.deepEqual([state, failures], ['pending', 1])
})

test('results that a dead server left are swept, those that are looked at stay', async (t) => {
  const { parts, uuid, succeed, complete, readAll, settled } = await holdTranscription(t)
  const tomorrow = new Date(Date.now() + 25 * 3_600_000)
  await parts.storage.put(`results/${uuid}/half/vttFile`, Buffer.from('x'))
  await sweepResults(parts)
  assert.equal((await readAll()).length, 1)
  await sweepResults(parts, tomorrow)
  assert.deepEqual(await readAll(), [])
  await succeed()
  await sweepResults(parts, tomorrow)
  await complete()
  await settled('completed')
})

test('what a transcript takes does not count as waiting for the video', async (t) => {
  const { parts, video, succeed, complete, settled } = await holdTranscription(t)
  const readWall = async () => {
    const { wall_seconds } = await parts.database
      .updateTable('versions')
      .set({ created_at: new Date(0) })
      .where('id', '=', video.versionId)
      .returning('wall_seconds')
      .executeTakeFirstOrThrow()
    return wall_seconds
  }
  const before = await readWall()
  await succeed()
  await complete()
  await settled('completed')
  assert.equal(await readWall(), before)
})

test('a job that was deleted while its result waited leaves nothing behind', async (t) => {
  const { parts, uuid, succeed, complete, readAll } = await holdTranscription(t)
  await succeed()
  await parts.database.deleteFrom('jobs').where('uuid', '=', uuid).execute()
  await complete()
  await waitFor('nothing staged', async () => (await readAll()).length === 0)
})

test('a result whose job is lost while it is stored is not kept', async (t) => {
  const { parts, uuid, succeed, readAll } = await holdTranscription(t)
  const putFile = parts.storage.putFile.bind(parts.storage)
  parts.storage.putFile = async (...file) => {
    const info = await putFile(...file)
    await cancelJob(parts, uuid)
    return info
  }
  assert.equal((await succeed()).status, 404)
  assert.deepEqual(await readAll(), [])
})

test('a job that an operator cancelled takes no result (D-93)', async (t) => {
  const { parts, uuid, succeed, readAll, settled } = await holdTranscription(t)
  await cancelJob(parts, uuid)
  assert.equal((await succeed()).status, 404)
  await settled('cancelled')
  assert.deepEqual(await readAll(), [])
})

test("inputs are for the job's own runner, of its own video, in both orders of the address (D-47, D-59, D-60, WD14)", async (t) => {
  const { server, parts, video, uuid, held } = await holdTranscription(t)
  await parts.storage.put(`sources/${video.videoId}/1/source`, Buffer.from('0123456789'))
  const other = await insertVideoRows(parts.database)
  const ask = (path: string, tokens: object = held, headers: Record<string, string> = {}) =>
    fetch(`${server.url}${prefix}/jobs/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ ...tokens, uuid: undefined }),
    })
  for (const path of [
    `${uuid}/files/videos/${video.videoId}/max-quality`,
    `${uuid}/files/videos/${video.videoId}/max-quality/audio`,
    `files/videos/${video.videoId}/${uuid}/max-quality`,
  ]) {
    const whole = await ask(path)
    assert.deepEqual([whole.status, whole.headers.get('content-length')], [200, '10'], path)
    assert.equal(await whole.text(), '0123456789')
  }
  const part = await ask(`${uuid}/files/videos/${video.videoId}/max-quality`, held, {
    range: 'bytes=2-4',
  })
  assert.deepEqual([part.status, await part.text()], [206, '234'])
  const statusOf = async (path: string, tokens?: object) => (await ask(path, tokens)).status
  const own = `${uuid}/files/videos/${video.videoId}`
  assert.equal(await statusOf(`${uuid}/files/videos/x/max-quality`), 400)
  assert.equal(await statusOf(`${uuid}/files/videos/${uuid}/max-quality`), 404)
  assert.equal(await statusOf(`${uuid}/files/videos/${other.videoId}/max-quality`), 403)
  assert.equal(await statusOf(`${own}/max-quality`, { ...held, jobToken: 'ptrjt-x' }), 404)
  assert.equal(await statusOf(`${own}/studio/task-files/../x`), 404)
  assert.equal(await statusOf(`${own}/studio/task-files/x.mp4`), 400)
})
