import assert from 'node:assert/strict'
import { copyFile, mkdir, readdir, readFile, rename } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { VideoView } from '#videos/video-view.ts'
import { makeClip } from '../support/clip.ts'
import { countFrames } from '../support/count-frames.ts'
import { openS3ServerForProgram } from '../support/s3-server.ts'
import { type ServerProgram, startServerProgram } from '../support/server-program.ts'
import { waitFor } from '../support/wait-for.ts'
import { openSite } from './site.ts'

type Environment = Readonly<Record<string, string>>

const storages: Readonly<Record<string, (t: TestContext) => Promise<Environment>>> = {
  fs: async () => ({}),
  s3: openS3ServerForProgram,
}

interface Put {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly key: string
}

/** Uploads by a PUT past the server, and does not say that it has ended; the key. */
async function putOnly(server: ServerProgram, id: string, bytes: Buffer): Promise<string> {
  const asked = { filename: 'clip.mp4', mimetype: 'video/mp4', size: bytes.length, method: 'PUT' }
  const { body } = await server.call<Put>('POST', `/${id}/initiate-upload`, asked)
  const put = await fetch(body.url, { method: 'PUT', headers: body.headers, body: bytes })
  assert.ok(put.ok, await put.text())
  return body.key
}

async function putDirectly(server: ServerProgram, id: string, bytes: Buffer): Promise<void> {
  const file_key = await putOnly(server, id, bytes)
  const ended = await server.call<VideoView>('POST', `/${id}/upload-ended`, { file_key })
  assert.equal(ended.status, 200, JSON.stringify(ended.body))
}

/** Uploads by a browser's form; the key. */
async function postForm(server: ServerProgram, id: string, bytes: Buffer): Promise<string> {
  const asked = { filename: 'clip.mp4', size: bytes.length }
  const { body } = await server.call<{ url: string; fields: Record<string, string> }>(
    ...(['POST', `/${id}/initiate-upload`, asked] as const),
  )
  const form = new FormData()
  for (const [name, value] of Object.entries(body.fields)) form.append(name, value)
  form.append('Content-Type', 'video/mp4')
  form.append('file', new Blob([new Uint8Array(bytes)], { type: 'video/mp4' }), 'clip.mp4')
  const posted = await fetch(body.url, { method: 'POST', body: form })
  assert.ok(posted.ok, await posted.text())
  const key = body.fields['key'] ?? ''
  await server.call<VideoView>('POST', `/${id}/upload-ended`, { file_key: key })
  return key
}

async function create(server: ServerProgram, body: object): Promise<string> {
  const made = await server.call<VideoView>('POST', '', { profile: 'tiny', ...body })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  return made.body.id
}

async function requirePublished(server: ServerProgram, id: string): Promise<VideoView> {
  const video = await server.settled(id)
  assert.equal(video.state, 'published', JSON.stringify(video.error))
  const pictures = (await countFrames(video.urls.hls ?? '')).filter(({ kind }) => kind === 'video')
  assert.deepEqual(new Set(pictures.map(({ frames }) => frames)), new Set([25]))
  return video
}

/** Serves one file, some bytes at a time; `stop` cuts off all that are under way. */
async function serveFile(t: TestContext, bytes: Buffer, pieceBytes: number) {
  const asked: (string | undefined)[] = []
  const origin = createServer((request, response) => {
    asked.push(request.headers.range)
    const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0)
    response.writeHead(start > 0 ? 206 : 200, {
      etag: '"clip"',
      'content-length': bytes.length - start,
      ...(start > 0
        ? { 'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}` }
        : {}),
    })
    const send = (at: number): void => {
      if (response.destroyed) return
      if (at >= bytes.length) return void response.end()
      response.write(bytes.subarray(at, at + pieceBytes))
      setTimeout(() => send(at + pieceBytes), 100)
    }
    send(start)
  })
  await new Promise<void>((resolve) => origin.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    origin.closeAllConnections()
    origin.close()
  })
  const url = `http://127.0.0.1:${(origin.address() as AddressInfo).port}/clip.mp4`
  return { url, asked }
}

for (const [name, storage] of Object.entries(storages)) {
  test(`Every way in ends with a video that plays (${name}, U1, U3, U4, U5, U6, M-21, M-23, M-26, M-30)`, async (t) => {
    const env = { ...(await storage(t)), URL_ALLOW: '127.0.0.1', WATCH_FOLDER_SETTLE_SECONDS: '1' }
    const { server, dataDir } = await openSite(t, {
      env: { ...env, WATCH_FOLDER: 'drop', WATCH_FOLDER_PROFILE: 'tiny' },
    })
    const clip = await makeClip({ folder: dataDir, seconds: 1 })
    const bytes = await readFile(clip)
    const { url } = await serveFile(t, bytes, 50_000)
    const put = await create(server, { name: 'put' })
    await putDirectly(server, put, bytes)
    const key = await putOnly(server, await create(server, { name: 'never ended' }), bytes)
    const posted = await create(server, { name: 'form' })
    await postForm(server, posted, bytes)
    const imported = await create(server, { source: { url } })
    await requirePublished(server, put)
    const taken = await create(server, { source: { key } })
    await mkdir(join(dataDir, 'drop'), { recursive: true })
    await copyFile(clip, join(dataDir, 'drop', '.coming'))
    await rename(join(dataDir, 'drop', '.coming'), join(dataDir, 'drop', 'dropped.mp4'))
    for (const id of [posted, imported, taken]) await requirePublished(server, id)
    const dropped = await waitFor('the video of the dropped file', async () => {
      const { body } = await server.call<{ videos: readonly VideoView[] }>('GET', '')
      return body.videos.find((video) => video.name === 'dropped.mp4')
    })
    await requirePublished(server, dropped.id)
    assert.deepEqual(await readdir(join(dataDir, 'drop', 'done')), ['dropped.mp4'])
    // What was named by its key belongs to another, whose video goes without it.
    await server.call('DELETE', `/${taken}`)
    const again = await create(server, { source: { key } })
    await requirePublished(server, again)
  })
}

test('A killed server goes on with an import where it was (WD28, U5)', async (t) => {
  const { server, dataDir } = await openSite(t, { env: { URL_ALLOW: '127.0.0.1' } })
  const clip = await makeClip({ folder: dataDir, seconds: 1, size: '640x360' })
  const bytes = await readFile(clip)
  const { url, asked } = await serveFile(t, bytes, Math.ceil(bytes.length / 60))
  const id = await create(server, { source: { url } })
  const { upload } = await waitFor('some bytes', async () => {
    const video = await server.video(id)
    return (video.upload?.receivedBytes ?? 0) > 0 ? video : null
  })
  assert.equal(upload?.totalBytes, bytes.length)
  server.program.kill('SIGKILL')
  await server.program.exited
  const next = await startServerProgram({ dataDir, env: { URL_ALLOW: '127.0.0.1' } })
  t.after(() => next.stop())
  await requirePublished(next, id)
  const [, from] = /^bytes=(\d+)-$/.exec(asked.at(-1) ?? '') ?? []
  assert.ok(Number(from) > 0, `it began anew: ${asked.join()}`)
})

test('Another upload of a video takes the place of the first when it is ready (U9, M-25, M-36)', async (t) => {
  const { server, dataDir } = await openSite(t, {})
  const bytes = await readFile(await makeClip({ folder: dataDir, seconds: 1 }))
  const id = await create(server, {})
  await putDirectly(server, id, bytes)
  const first = await requirePublished(server, id)
  const asked = { filename: 'b.mp4', size: bytes.length, method: 'PUT' }
  const { body } = await server.call<Put>('POST', `/${id}/initiate-upload`, asked)
  const waiting = await server.video(id)
  assert.deepEqual([waiting.state, waiting.version, waiting.playable], ['uploading', 2, true])
  assert.equal((await fetch(first.urls.hls ?? '')).status, 200)
  await fetch(body.url, { method: 'PUT', headers: body.headers, body: bytes })
  await server.call('POST', `/${id}/upload-ended`, { file_key: body.key })
  assert.equal((await requirePublished(server, id)).version, 2)
})
