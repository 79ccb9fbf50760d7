import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Output, Result } from '../result.ts'
import { writeBody } from '../write-body.ts'

const mp4: Output = {
  step: 'mp4',
  name: 'film-720.mp4',
  key: 'videos/v/1/film-720.mp4',
  url: 'https://x/media/v/film-720.mp4',
  mime: 'video/mp4',
  sizeBytes: 1000,
}
const thumbnail: Output = {
  step: 'thumbnail',
  name: 'thumbnail.jpg',
  key: 'videos/v/1/thumbnail.jpg',
  url: 'https://x/media/v/thumbnail.jpg?v=1',
  mime: 'image/jpeg',
  sizeBytes: 20,
}
const published: Result = {
  videoId: 'v',
  externalId: 'order 7',
  version: 1,
  state: 'published',
  error: null,
  source: { name: 'film.mov', key: 'sources/v/1/source', sizeBytes: 5000 },
  outputs: [mp4, thumbnail],
}
const failed: Result = {
  ...published,
  externalId: null,
  state: 'failed',
  error: { code: 'source_empty', message: 'The file is empty.' },
  outputs: [],
}
const told = {
  type: 'video.published',
  happenedAt: new Date('2026-01-02T03:04:05Z'),
  data: { version: 1, id: 'v', externalId: null },
}

const write = async (format: Parameters<typeof writeBody>[0], result: Result): Promise<unknown> =>
  JSON.parse(await writeBody(format, told, async () => result))

test('the standard form is thin, and asks nothing of the video', async () => {
  const body = await writeBody('standard', told, () => assert.fail('not asked'))
  assert.equal(
    body,
    '{"type":"video.published","timestamp":"2026-01-02T03:04:05.000Z","data":{"id":"v","version":1}}',
  )
})

test('the gRPC form keeps its two keys, with status and outputs beside them (V-86)', async () => {
  const { step, name, key, url, mime } = mp4
  assert.deepEqual(await write('request_reference', { ...published, outputs: [mp4] }), {
    request_id: 'v',
    reference_id: 'order 7',
    status: 'published',
    outputs: [{ step, name, key, url, mime, size: 1000 }],
  })
  assert.deepEqual(await write('request_reference', failed), {
    request_id: 'v',
    reference_id: '',
    status: 'failed',
    error: failed.error,
    outputs: [],
  })
})

test('the assembly form tells every step with name, size, mime and url, or the error (C-37)', async () => {
  assert.deepEqual(await write('assembly', published), {
    id: 'v',
    assembly_id: 'order 7',
    state: 'published',
    ok: 'ASSEMBLY_COMPLETED',
    uploads: [{ name: 'film.mov', size: 5000 }],
    results: {
      mp4: [
        {
          ...{ name: 'film-720.mp4', basename: 'film-720', ext: 'mp4', size: 1000 },
          ...{ mime: 'video/mp4', url: mp4.url, ssl_url: mp4.url },
        },
      ],
      thumbnail: [
        {
          ...{ name: 'thumbnail.jpg', basename: 'thumbnail', ext: 'jpg', size: 20 },
          ...{ mime: 'image/jpeg', url: thumbnail.url, ssl_url: thumbnail.url },
        },
      ],
    },
  })
  assert.deepEqual(await write('assembly', failed), {
    id: 'v',
    assembly_id: 'v',
    state: 'failed',
    error: 'SOURCE_EMPTY',
    message: 'The file is empty.',
    uploads: [{ name: 'film.mov', size: 5000 }],
    results: {},
  })
})

test("the ancestor's form tells the keys of input, output and thumbnail; a failure needs no output (C-24)", async () => {
  assert.deepEqual(await write('ancestor', published), {
    status: 'success',
    inputObject: 'sources/v/1/source',
    outputObject: mp4.key,
    thumbnail: thumbnail.key,
  })
  assert.deepEqual(await write('ancestor', failed), {
    status: 'failure',
    inputObject: 'sources/v/1/source',
  })
})
