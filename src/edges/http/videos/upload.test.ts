import assert from 'node:assert/strict'
import { once } from 'node:events'
import { request } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import type { VideoView } from '#videos/video-view.ts'
import { openTestHttpServer, type TestHttpServer } from '../../../../test/support/http-server.ts'

interface Answer {
  readonly status: number
  readonly body: VideoView & { readonly code?: string; readonly detail?: string }
}

type Part = readonly [name: string, value: string | Blob]

async function upload({ url }: TestHttpServer, parts: readonly Part[]): Promise<Answer> {
  const form = new FormData()
  for (const [name, value] of parts) {
    if (typeof value === 'string') form.append(name, value)
    else form.append(name, value, 'my holiday.mov')
  }
  const response = await fetch(`${url}/api/v1/videos/upload`, { method: 'POST', body: form })
  return { status: response.status, body: (await response.json()) as Answer['body'] }
}

async function countVideos({ parts }: TestHttpServer): Promise<number> {
  return (await parts.database.selectFrom('videos').select('id').execute()).length
}

async function listObjects({ parts }: TestHttpServer): Promise<string[]> {
  const keys: string[] = []
  for await (const { key } of parts.storage.list('')) keys.push(key)
  return keys
}

async function until(t: TestContext, isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) {
    t.signal.throwIfAborted()
    await setImmediate()
  }
}

test('An upload is stored byte for byte, with what the form says of it (U8)', async (t) => {
  const server = await openTestHttpServer(t)
  const bytes = Buffer.alloc(3_000_000, 'reel')
  const { status, body } = await upload(server, [
    ['name', 'Holiday'],
    ['metadata', '{"album":7}'],
    ['profile', ''],
    ['videoFile', new Blob([bytes])],
  ])
  assert.equal(status, 201)
  assert.equal(body.name, 'Holiday')
  assert.deepEqual(body.metadata, { album: 7 })
  assert.equal(body.source.filename, 'my holiday.mov')
  assert.equal(body.source.sizeBytes, bytes.length)
  const [key] = await listObjects(server)
  assert.ok(key)
  assert.ok(bytes.equals(await buffer(await server.parts.storage.get(key))))
})

test('A name may come after the file; without any the file gives it', async (t) => {
  const server = await openTestHttpServer(t)
  const file: Part = ['videoFile', new Blob(['bytes'])]
  assert.equal((await upload(server, [file, ['name', 'Late']])).body.name, 'Late')
  assert.equal((await upload(server, [file])).body.name, 'my holiday.mov')
})

test('A form that cannot be followed is refused, and nothing of it remains', async (t) => {
  const server = await openTestHttpServer(t)
  const file: Part = ['videoFile', new Blob(['bytes'])]
  const cases: [readonly Part[], number, string][] = [
    [[['name', 'No file']], 400, 'invalid_request'],
    [[['video', new Blob(['bytes'])]], 400, 'invalid_request'],
    [[file, ['profile', 'default']], 400, 'invalid_request'],
    [[['profile', 'no-such'], file], 422, 'profile_not_found'],
    [[['metadata', '[1]'], file], 400, 'invalid_request'],
    [[['webhookUrl', 'http://127.0.0.1/hook'], file], 422, 'address_refused'],
    [[file, ['webhookUrl', 'http://127.0.0.1/hook']], 422, 'address_refused'],
    [[['metadata', '{bad'], file], 400, 'invalid_request'],
    [[['title', 'x'], file], 400, 'invalid_request'],
    [[['videoFile', new Blob([''])]], 422, 'source_empty'],
    [[file, file], 413, 'payload_too_large'],
  ]
  for (const [parts, status, code] of cases) {
    const answer = await upload(server, parts)
    const names = parts.map(([name]) => name).join()
    assert.deepEqual([answer.status, answer.body.code], [status, code], names)
  }
  const json = await fetch(`${server.url}/api/v1/videos/upload`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  })
  assert.equal(json.status, 400)
  assert.equal(await countVideos(server), 0)
})

test('A file above the limit is refused and not kept (U22)', async (t) => {
  const server = await openTestHttpServer(t, { sourceMaxBytes: 100_000 })
  const { status, body } = await upload(server, [['videoFile', new Blob([Buffer.alloc(100_001)])]])
  assert.deepEqual([status, body.code], [413, 'payload_too_large'])
  assert.equal(await countVideos(server), 0)
  assert.deepEqual(await listObjects(server), [])
  const fits = await upload(server, [['videoFile', new Blob([Buffer.alloc(100_000, 1)])]])
  assert.equal(fits.status, 201)
})

test('An upload whose line goes dead leaves nothing behind (U15)', async (t) => {
  const server = await openTestHttpServer(t)
  const sending = request(`${server.url}/api/v1/videos/upload`, {
    method: 'POST',
    headers: { 'content-type': 'multipart/form-data; boundary=line' },
  })
  sending.write(
    '--line\r\ncontent-disposition: form-data; name="videoFile"; filename="a.mp4"\r\n\r\nhalf of',
  )
  await until(t, async () => (await countVideos(server)) === 1)
  sending.destroy()
  await once(sending, 'error')
  await until(t, async () => (await countVideos(server)) === 0)
  assert.deepEqual(await listObjects(server), [])
})

test('A form that is cut short or has no boundary is the sender’s mistake, and nothing remains', async (t) => {
  const server = await openTestHttpServer(t)
  const head = 'content-disposition: form-data; name="videoFile"; filename='
  const cases: [type: string, body: string][] = [
    ['multipart/form-data', 'abc'],
    ['multipart/form-data; boundary=b', `--b\r\n${head}"a.mp4"\r\n\r\nhello`],
    ['multipart/form-data; boundary=b', `--b\r\n${head}"a\0.mp4"\r\n\r\nhello\r\n--b--\r\n`],
  ]
  for (const [type, body] of cases) {
    const response = await fetch(`${server.url}/api/v1/videos/upload`, {
      method: 'POST',
      headers: { 'content-type': type },
      body,
    })
    const { code } = (await response.json()) as Answer['body']
    assert.deepEqual([response.status, code], [400, 'invalid_request'], body)
  }
  assert.equal(await countVideos(server), 0)
  assert.deepEqual(await listObjects(server), [])
})

test('A name with a quotation mark stays what it is, one that is too long is refused (U115)', async (t) => {
  const server = await openTestHttpServer(t)
  const send = async (filename: string) => {
    const form = new FormData()
    form.append('videoFile', new Blob(['bytes']), filename)
    const response = await fetch(`${server.url}/api/v1/videos/upload`, {
      method: 'POST',
      body: form,
    })
    return { status: response.status, body: (await response.json()) as Answer['body'] }
  }
  assert.equal((await send('a "b".mp4')).body.source.filename, 'a "b".mp4')
  const { status, body } = await send(`${'a'.repeat(256)}.mp4`)
  assert.deepEqual([status, body.code], [400, 'invalid_request'])
})

test('A form can bring a new version of a video (U9)', async (t) => {
  const server = await openTestHttpServer(t)
  const file: Part = ['videoFile', new Blob(['bytes'])]
  const { body } = await upload(server, [file])
  const again = await upload(server, [['videoId', body.id], file])
  assert.deepEqual([again.status, again.body.id, again.body.version], [201, body.id, 2])
  const foreign = await upload(server, [['videoId', crypto.randomUUID()], file])
  assert.deepEqual([foreign.status, foreign.body.code], [404, 'video_not_found'])
})
