import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import type { NewJob } from '#jobs/create.ts'
import { type HeldJob, prefix } from '../support/protocol-server.ts'
import { codeOf, openFarm } from './farm.ts'

const farm = await openFarm({ after })
const runner = await farm.register()
const bytes = 'the source of a video, 0123456789'

type Held = HeldJob & { readonly versionId: string; readonly videoId: string }

/** A held job of a video whose source is there. */
async function holdWithSource(job: Partial<NewJob> = {}): Promise<Held> {
  const held = await farm.hold(runner, { type: 'video-studio-transcoding', encoders: [], ...job })
  const { video_id: videoId, source_key } = await farm.database
    .selectFrom('versions')
    .select(['video_id', 'source_key'])
    .where('id', '=', held.versionId)
    .executeTakeFirstOrThrow()
  await place(source_key, bytes)
  return { ...held, videoId }
}

async function place(key: string, text: string): Promise<void> {
  const path = join(farm.dataDir, 'storage', key)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, text)
}

interface Ask {
  readonly job: Held
  readonly path: string
  readonly tokens?: object
  readonly headers?: Record<string, string>
  readonly method?: string
}

function ask({ job, path, tokens, headers = {}, method = 'POST' }: Ask): Promise<Response> {
  const { jobToken, runnerToken } = job
  return fetch(`${farm.url}${prefix}/jobs/${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    redirect: 'manual',
    ...(method === 'POST' ? { body: JSON.stringify(tokens ?? { jobToken, runnerToken }) } : {}),
  })
}

/** PeerTube's order of an address, and the Django server's. */
const orders = [
  ({ uuid, videoId }: Held) => `${uuid}/files/videos/${videoId}`,
  ({ uuid, videoId }: Held) => `files/videos/${videoId}/${uuid}`,
] as const

test('the holder of a job reads its video under both orders of the address, whole, with its length (D-47, D-59)', async () => {
  const job = await holdWithSource()
  for (const order of orders) {
    for (const path of ['max-quality', 'max-quality/audio']) {
      const response = await ask({ job, path: `${order(job)}/${path}` })
      assert.equal(response.status, 200)
      assert.equal(response.headers.get('content-length'), String(bytes.length))
      assert.equal(response.headers.get('accept-ranges'), 'bytes')
      assert.equal(await response.text(), bytes)
    }
  }
})

test('a part of it is read by a range (D-59, WD28)', async () => {
  const job = await holdWithSource()
  const path = `${orders[0](job)}/max-quality`
  const part = await ask({ job, path, headers: { range: 'bytes=4-9' } })
  assert.equal(part.status, 206)
  assert.equal(part.headers.get('content-range'), `bytes 4-9/${bytes.length}`)
  assert.equal(await part.text(), bytes.slice(4, 10))
  const rest = await ask({ job, path, headers: { range: 'bytes=30-' } })
  assert.equal(await rest.text(), bytes.slice(30))
  const beyond = await ask({ job, path, headers: { range: 'bytes=5000-' } })
  assert.equal(beyond.status, 416)
})

test('the addresses in a payload are the ones that are served, without a query (D-46, D-47, D-104)', async () => {
  const job = await holdWithSource()
  await farm.post(`/jobs/${job.uuid}/abort`, { ...tokensOf(job), reason: 'again' })
  const again = await farm.post(`/jobs/${job.uuid}/accept`, { runnerToken: job.runnerToken })
  const { job: accepted } = again.body as unknown as {
    job: { jobToken: string; payload: { input: Record<string, unknown> } }
  }
  const { videoFileUrl, separatedAudioFileUrl } = accepted.payload.input
  const url = new URL(String(videoFileUrl))
  assert.equal(url.origin, farm.url)
  assert.equal(url.pathname, `${prefix}/jobs/${orders[0](job)}/max-quality`)
  assert.equal(url.search, '')
  assert.deepEqual(separatedAudioFileUrl, [])
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ runnerToken: job.runnerToken, jobToken: accepted.jobToken }),
  })
  assert.equal(await response.text(), bytes)
})

test('a picture and the files of tasks are read by their own addresses, the older one too (D-59)', async () => {
  const taskFile = `sources/tasks/${randomUUID()}.png`
  const preview = `sources/tasks/${randomUUID()}.jpg`
  await place(taskFile, 'a mark')
  await place(preview, 'a picture')
  const job = await holdWithSource({
    privatePayload: { taskFiles: { 'a1-b2.png': taskFile }, previewKey: preview },
  })
  for (const order of orders) {
    for (const [path, text] of [
      ['thumbnails/max-quality', 'a picture'],
      ['previews/max-quality', 'a picture'],
      ['studio/task-files/a1-b2.png', 'a mark'],
    ] as const) {
      assert.equal(await (await ask({ job, path: `${order(job)}/${path}` })).text(), text)
    }
    for (const name of ['other.png', 'A1-B2.png', '..%2f..%2fsource', 'a1-b2.toolongext']) {
      const response = await ask({ job, path: `${order(job)}/studio/task-files/${name}` })
      assert.equal(response.status, 400, name)
    }
  }
})

test('nobody else reads it, no other video is read by it, and only while the job is held (D-60, WD14, WD25)', async () => {
  const job = await holdWithSource()
  const other = await holdWithSource()
  const stranger = await farm.register()
  for (const order of orders) {
    const path = `${order(job)}/max-quality`
    const statusOf = async (tokens: object, at = path): Promise<number> =>
      (await ask({ job, path: at, tokens })).status
    const tokens = tokensOf(job)
    assert.equal(await statusOf({}), 400)
    assert.equal(await statusOf({ runnerToken: job.runnerToken }), 400)
    assert.equal(await statusOf({ ...tokens, jobToken: other.jobToken }), 404)
    assert.equal(await statusOf({ ...tokens, runnerToken: stranger.runnerToken }), 404)
    assert.equal(await statusOf({ ...tokens, jobToken: '' }), 400)
    const at = (videoId: string) => `${order({ ...job, videoId })}/max-quality`
    assert.equal(await statusOf(tokens, at(other.videoId)), 403)
    assert.equal(await statusOf(tokens, at(randomUUID())), 404)
    assert.equal(await statusOf(tokens, at('nonsense')), 400)
    assert.equal(await statusOf(tokens), 200)
  }
  await farm.post(`/jobs/${job.uuid}/abort`, { ...tokensOf(job), reason: 'stop' })
  const lost = await ask({ job, path: `${orders[0](job)}/max-quality` })
  assert.equal(lost.status, 404)
  assert.match(lost.headers.get('content-type') ?? '', /^application\/problem\+json/)
})

test('of a job that is over nothing is read any more, and the code says so', async () => {
  const job = await farm.hold(runner)
  await farm.recordSegments(job.versionId, '90p', [0])
  assert.equal((await farm.post(`/jobs/${job.uuid}/success`, tokensOf(job))).status, 204)
  const path = `/jobs/${job.uuid}/files/videos/${randomUUID()}/max-quality`
  const answer = await farm.post(path, tokensOf(job))
  assert.deepEqual([answer.status, codeOf(answer)], [400, 'runner_job_not_in_processing_state'])
})

test('without tokens in a body there is nothing: GET is 404, and so is a source that is gone', async () => {
  const job = await holdWithSource()
  const get = await ask({ job, path: `${orders[0](job)}/max-quality`, method: 'GET' })
  assert.equal(get.status, 404)
  const gone = await farm.hold(runner, { type: 'video-studio-transcoding', encoders: [] })
  const { video_id } = await farm.database
    .selectFrom('versions')
    .select('video_id')
    .where('id', '=', gone.versionId)
    .executeTakeFirstOrThrow()
  const path = `/jobs/${gone.uuid}/files/videos/${video_id}/max-quality`
  assert.equal((await farm.post(path, tokensOf(gone))).status, 404)
})

function tokensOf({ jobToken, runnerToken }: HeldJob): { jobToken: string; runnerToken: string } {
  return { jobToken, runnerToken }
}
