import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { type TestContext, test } from 'node:test'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { probeSource } from '#stages/probing/probe.ts'
import type { Storage } from '#storage/contract.ts'
import { openMemoryStorage } from '#storage/memory/driver.ts'
import { makeClip } from '../../test/support/clip.ts'
import { makeFolder } from '../../test/support/files.ts'
import { withSource } from './with-source.ts'

const limits = {
  sourceMaxBytes: 1e8,
  sourceMaxPixels: 4e6,
  sourceMaxSeconds: 3600,
  sourceMaxFrames: 1e5,
  sourceMaxStreams: 16,
  sourceMaxFps: 300,
}

async function store(t: TestContext, name: string) {
  const folder = await makeFolder(t)
  const storage = openMemoryStorage()
  const clip = await makeClip({ folder, name, seconds: 4 })
  await storage.put('clip', await readFile(clip))
  const probe = (from: Storage) =>
    withSource({ storage: from }, 'clip', (source) =>
      probeSource({ source, scratch: folder, limits }),
    )
  return { storage, probe, bytes: await readFile(clip) }
}

/** Answers that break off: each after some bytes, or all of them at one place of the object. */
function breakAt(
  storage: Storage,
  place: { readonly after?: number; readonly at?: number },
): Storage {
  const { after = Number.POSITIVE_INFINITY, at = Number.POSITIVE_INFINITY } = place
  return {
    ...storage,
    get: async (key, range) => {
      const whole = Buffer.concat(await (await storage.get(key, range)).toArray())
      const mostBytes = Math.max(0, Math.min(after, at - (range?.start ?? 0)))
      if (whole.length <= mostBytes) return Readable.from([whole])
      return Readable.from(breakOff(whole.subarray(0, mostBytes)))
    },
  }
}

async function* breakOff(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes
  throw new ReelmillError('storage_unavailable')
}

test('A source is looked into where it lies, by ranges (M-09)', async (t) => {
  const { storage, probe, bytes } = await store(t, 'clip.mp4')
  const { media, readablePath } = await probe(storage)
  assert.equal(readablePath, null)
  assert.deepEqual([media.access, media.video?.packets], ['seek', 100])
  await withSource({ storage }, 'clip', async ({ input, read, sizeBytes }) => {
    assert.equal(sizeBytes, bytes.length)
    assert.ok((await read(100, 50)).equals(bytes.subarray(100, 150)))
    assert.ok((await read(sizeBytes - 5, 50)).equals(bytes.subarray(-5)))
    assert.equal((await read(sizeBytes + 5, 50)).length, 0)
    const url = input.kind === 'http' ? input.url : ''
    assert.match(url, /^http:\/\/127\.0\.0\.1:/)
    const beyond = await fetch(url, { headers: { range: `bytes=${sizeBytes}-` } })
    assert.equal(beyond.status, 416)
    assert.equal((await fetch(`${url}x`)).status, 404)
  })
})

test('What is not there is said at once', async () => {
  const storage = openMemoryStorage()
  const nothing = withSource({ storage }, 'clip', async () => 'never')
  await assert.rejects(nothing, { code: 'source_not_found' })
})

test('A storage that stumbles makes no film shorter, and one that is away is waited for (U132)', async (t) => {
  const { storage, probe, bytes } = await store(t, 'clip.ts')
  const { media } = await probe(breakAt(storage, { after: 100_000 }))
  assert.equal(media.video?.packets, 100)
  const broken = probe(breakAt(storage, { at: Math.round(bytes.length * 0.6) }))
  await assert.rejects(broken, { code: 'storage_unavailable' })
})
