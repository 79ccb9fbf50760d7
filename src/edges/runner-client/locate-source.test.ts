import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { locateSource } from './locate-source.ts'

const server = 'http://127.0.0.1:8000'
const address = 'http://public.example/api/v1/runners/jobs/1/source/ticket'
const throughServer = { kind: 'http', url: `${server}/api/v1/runners/jobs/1/source/ticket` }
/** A file that is surely there and can be read. */
const path = fileURLToPath(import.meta.url)

function jobOf(input: object) {
  const uuid = '00000000-0000-4000-8000-000000000000'
  const payload = { input: { url: address, demuxer: 'mov', ...input } }
  return { uuid, type: 'vod-chunk-encoding', jobToken: 'ptjt-1', payload }
}

test('a file is read in place for the server that started the runner, and for no other', async () => {
  const job = jobOf({ path })
  assert.deepEqual(await locateSource({ server, readsInPlace: true }, job), [
    { kind: 'file', path },
  ])
  assert.deepEqual(await locateSource({ server, readsInPlace: false }, job), [throughServer])
})

test('a file that is not there is read through the server', async () => {
  const job = jobOf({ path: `${path}.gone` })
  assert.deepEqual(await locateSource({ server, readsInPlace: true }, job), [throughServer])
})

test('a demuxer that probing never finds is refused: it could show any file as a picture', async () => {
  for (const demuxer of ['tty', 'concat', 'hls', '', undefined]) {
    const located = locateSource({ server, readsInPlace: true }, jobOf({ path, demuxer }))
    await assert.rejects(located, { code: 'runner_failed' }, demuxer)
  }
})

test('an address leads to the server and nowhere else, whatever it is', async () => {
  for (const url of ['file:///etc/hostname', 'gopher://other.example/etc/hostname']) {
    const [source] = await locateSource({ server, readsInPlace: false }, jobOf({ url }))
    assert.deepEqual(source, { kind: 'http', url: `${server}/etc/hostname` })
  }
  const elsewhere = jobOf({ storageUrl: 'file:///etc/hostname' })
  await assert.rejects(locateSource({ server, readsInPlace: false }, elsewhere), {
    code: 'runner_failed',
  })
})
