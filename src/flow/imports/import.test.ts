import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import type { Config } from '#config/config.ts'
import { openTestParts } from '../../../test/support/parts.ts'
import { cancelVideo } from '../cancel-video.ts'
import { deleteVideo } from '../delete-video.ts'
import { retryVideo } from '../retry-video.ts'
import { beginImport } from './begin-import.ts'
import { filenameOf } from './filename-of.ts'
import { runImport } from './run-import.ts'

type Answer = (request: IncomingMessage, response: ServerResponse) => void

const film = randomBytes(3_000_000)
const never = new AbortController().signal

async function open(t: TestContext, settings: Partial<Config> = {}) {
  const parts = await openTestParts(t, { urlAllow: ['127.0.0.1'], ...settings })
  const asked: IncomingMessage['headers'][] = []
  let answer: Answer = serve
  const origin = createServer((request, response) => {
    asked.push(request.headers)
    answer(request, response)
  })
  await new Promise<void>((resolve) => origin.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    origin.closeAllConnections()
    origin.close()
  })
  const url = `http://127.0.0.1:${(origin.address() as AddressInfo).port}/films/My%20film.mp4?key=1`
  const begin = async (address = url) => {
    const videoId = await beginImport(parts, {}, address)
    return { videoId, versionId: (await versionOf(videoId)).id }
  }
  const versionOf = (videoId: string) =>
    parts.database
      .selectFrom('versions')
      .selectAll()
      .where('video_id', '=', videoId)
      .executeTakeFirstOrThrow()
  return {
    parts,
    url,
    asked,
    begin,
    versionOf,
    answerWith: (next: Answer) => {
      answer = next
    },
    run: (versionId: string, last = true, signal = never) =>
      runImport(parts, versionId, { last, signal }),
    failureOf: async (videoId: string) => {
      const { state, error } = await versionOf(videoId)
      return [state, (error as { code?: string } | null)?.code]
    },
    partials: () => readdir(join(parts.config.dataDir, 'imports')).catch(() => []),
  }
}

/** An origin as it should be: ranges, a strong ETag. */
function serve(request: IncomingMessage, response: ServerResponse, body = film): void {
  const etag = `"${createHash('sha1').update(body).digest('hex')}"`
  const [, start] = /^bytes=(\d+)-$/.exec(request.headers.range ?? '') ?? []
  const from = start !== undefined && request.headers['if-range'] === etag ? Number(start) : null
  const rest = body.subarray(from ?? 0)
  response.writeHead(from === null ? 200 : 206, {
    etag,
    'content-length': rest.length,
    ...(from === null
      ? {}
      : { 'content-range': `bytes ${from}-${body.length - 1}/${body.length}` }),
  })
  response.end(rest)
}

/** Sends some bytes of what it promised and hangs up. */
function cutAfter(bytes: number): Answer {
  return (request, response) => {
    const end = response.end.bind(response)
    response.end = ((rest: Buffer) => {
      response.write(rest.subarray(0, bytes), () => response.destroy())
      return response
    }) as typeof end
    serve(request, response)
  }
}

test('A file is fetched from an address, through redirects, byte for byte (U5, V-50)', async (t) => {
  const { parts, begin, run, versionOf, answerWith, url, partials } = await open(t)
  answerWith((request, response) =>
    request.url === '/moved'
      ? serve(request, response)
      : response.writeHead(302, { location: '/moved' }).end(),
  )
  const { videoId, versionId } = await begin(url)
  await run(versionId)
  const version = await versionOf(videoId)
  assert.deepEqual([version.state, version.source_bytes], ['probing', film.length])
  assert.equal(version.source_name, 'My film.mp4')
  assert.ok(film.equals(await buffer(await parts.storage.get(version.source_key))))
  assert.deepEqual(await partials(), [])
  await run(versionId)
  assert.equal((await versionOf(videoId)).state, 'probing', 'run again, it changes nothing')
})

test('What is cut off goes on where it was, as long as the file is the same (WD28)', async (t) => {
  const { parts, begin, run, versionOf, answerWith, asked } = await open(t)
  answerWith((request, response) => {
    answerWith(serve)
    cutAfter(1_000_000)(request, response)
  })
  const { videoId, versionId } = await begin()
  await run(versionId)
  const { state, source_key } = await versionOf(videoId)
  assert.equal(state, 'probing')
  assert.equal(asked.length, 2)
  const from = Number(/^bytes=(\d+)-$/.exec(asked[1]?.range ?? '')?.[1])
  assert.ok(from > 0 && from <= 1_000_000, asked[1]?.range)
  assert.ok(film.equals(await buffer(await parts.storage.get(source_key))))
})

test('A server that ends in the middle leaves what came; the next goes on with it', async (t) => {
  const { parts, begin, run, versionOf, answerWith, asked, partials } = await open(t)
  const ends = new AbortController()
  answerWith((request, response) => {
    const end = response.end.bind(response)
    response.end = ((rest: Buffer) => {
      response.write(rest.subarray(0, 2_000_000), () => setTimeout(() => ends.abort(), 100))
      return response
    }) as typeof end
    serve(request, response)
  })
  const { videoId, versionId } = await begin()
  await assert.rejects(run(versionId, true, ends.signal))
  assert.equal((await versionOf(videoId)).state, 'uploading')
  assert.equal((await partials()).length, 1)
  answerWith(serve)
  await run(versionId)
  const from = Number(/^bytes=(\d+)-$/.exec(asked[1]?.range ?? '')?.[1])
  assert.ok(from > 0 && from <= 2_000_000, asked[1]?.range)
  const { source_key } = await versionOf(videoId)
  assert.ok(film.equals(await buffer(await parts.storage.get(source_key))))
})

test('A file that has become another comes whole, and is not joined to the old (WD28)', async (t) => {
  const { parts, begin, run, versionOf, answerWith } = await open(t)
  const other = randomBytes(2_500_000)
  answerWith((request, response) => {
    answerWith((next, reply) => serve(next, reply, other))
    cutAfter(1_000_000)(request, response)
  })
  const { videoId, versionId } = await begin()
  await run(versionId)
  const { source_key } = await versionOf(videoId)
  assert.ok(other.equals(await buffer(await parts.storage.get(source_key))))
})

test('Fewer bytes than were promised are no file (WD28)', async (t) => {
  const { begin, run, failureOf, answerWith, partials } = await open(t)
  answerWith((_request, response) => {
    response.writeHead(200, { 'content-length': film.length })
    response.write(film.subarray(0, 1000), () => response.destroy())
  })
  const { videoId, versionId } = await begin()
  await run(versionId)
  assert.deepEqual(await failureOf(videoId), ['failed', 'address_unreachable'])
  assert.deepEqual(await partials(), [])
})

test('What an origin refuses fails with its reason, and is fetched when it is tried again (U22)', async (t) => {
  const { parts, begin, run, failureOf, versionOf, answerWith } = await open(t)
  const cases: [number, string][] = [
    [404, 'import_refused'],
    [403, 'import_refused'],
    [503, 'import_failed'],
  ]
  for (const [status, code] of cases) {
    answerWith((_request, response) => response.writeHead(status).end())
    const { videoId, versionId } = await begin()
    await run(versionId)
    assert.deepEqual(await failureOf(videoId), ['failed', code])
    answerWith(serve)
    await retryVideo(parts, videoId)
    assert.equal((await versionOf(videoId)).state, 'uploading')
    await run(versionId)
    assert.equal((await versionOf(videoId)).state, 'probing')
  }
})

test('Empty and endless files are refused (U22)', async (t) => {
  const { begin, run, failureOf, answerWith } = await open(t, { sourceMaxBytes: 100_000 })
  const told = await begin()
  await run(told.versionId)
  assert.deepEqual(await failureOf(told.videoId), ['failed', 'source_too_many_bytes'])
  answerWith((_request, response) => {
    const go = (): void => {
      if (!response.destroyed) response.write(film.subarray(0, 50_000), () => setImmediate(go))
    }
    go()
  })
  const untold = await begin()
  await run(untold.versionId)
  assert.deepEqual(await failureOf(untold.videoId), ['failed', 'source_too_many_bytes'])
  answerWith((_request, response) => response.writeHead(200).end())
  const empty = await begin()
  await run(empty.versionId)
  assert.deepEqual(await failureOf(empty.videoId), ['failed', 'source_empty'])
})

test('A length that no disk holds is refused at once, and not asked for again (U22)', async (t) => {
  const { begin, run, failureOf, answerWith, asked } = await open(t)
  const lengths = ['9'.repeat(16), '9'.repeat(19)]
  for (const length of lengths) {
    answerWith((_request, response) => {
      const { socket } = response
      socket?.write(`HTTP/1.1 200 OK\r\nETag: "a"\r\nContent-Length: ${length}\r\n\r\nfilm`)
    })
    const { videoId, versionId } = await begin()
    await run(versionId, false)
    assert.deepEqual(await failureOf(videoId), ['failed', 'source_too_many_bytes'], length)
  }
  assert.equal(asked.length, lengths.length)
})

test('Addresses inside are not called, whoever leads there (WC10)', async (t) => {
  const { parts, begin, run, failureOf, answerWith, url } = await open(t)
  for (const inside of ['http://10.0.0.1/x', 'http://[::1]/x', 'http://169.254.169.254/latest']) {
    await assert.rejects(beginImport(parts, {}, inside), { code: 'address_refused' })
  }
  for (const odd of ['file:///etc/passwd', 'ftp://x/y', 'http://a:b@example.org/x']) {
    await assert.rejects(beginImport(parts, {}, odd), { code: 'address_invalid' })
  }
  answerWith((_request, response) =>
    response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data' }).end(),
  )
  const { videoId, versionId } = await begin(url)
  await run(versionId)
  assert.deepEqual(await failureOf(videoId), ['failed', 'address_refused'])
})

test('An import whose video is cancelled or deleted ends, and leaves nothing', async (t) => {
  const { parts, begin, run, versionOf, answerWith, partials } = await open(t)
  const ways = [cancelVideo, deleteVideo]
  for (const way of ways) {
    const { videoId, versionId } = await begin()
    const { source_key } = await versionOf(videoId)
    answerWith((request, response) => {
      void way(parts, videoId).then(() => serve(request, response))
    })
    await run(versionId)
    assert.deepEqual(await partials(), [])
    assert.equal(await parts.storage.head(source_key), null)
  }
})

test('A file is called what its address calls it, and never more', () => {
  assert.equal(filenameOf('https://example.org/a/My%20film.mp4?x=1'), 'My film.mp4')
  assert.equal(filenameOf('https://example.org/'), null)
  assert.equal(filenameOf('https://example.org/%2e%2e%2f%00etc'), '..etc')
  assert.equal(filenameOf('https://example.org/%ff'), '%ff')
  assert.equal(filenameOf(`https://example.org/${'x'.repeat(400)}`)?.length, 255)
})
