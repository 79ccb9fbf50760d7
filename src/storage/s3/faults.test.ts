import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { type Config, readConfig } from '#config/config.ts'
import { type Fault, type FaultProxy, openFaultProxy } from '../../../test/support/fault-proxy.ts'
import { openS3Server, skipWithoutRealS3 } from '../../../test/support/s3-server.ts'
import { keysBelow } from '../../../test/support/storage-contract.ts'
import type { Storage } from '../contract.ts'
import { openS3Storage } from './driver.ts'

const bytes = randomBytes(300_000)

interface Faulty {
  readonly storage: Storage
  readonly proxy: FaultProxy
}

/** A storage whose S3 server is reached through a network that fails. */
async function openFaulty(t: TestContext, settings: Partial<Config> = {}): Promise<Faulty> {
  const server = await openS3Server(t)
  const proxy = await openFaultProxy(t, server.s3EndpointUrl ?? '')
  const behind = { ...server, s3EndpointUrl: proxy.url, ...settings }
  return { storage: await openS3Storage(readConfig({}, behind)), proxy }
}

/** These faults happen to the next calls that fit, one each. */
function happen(proxy: FaultProxy, faults: readonly Fault[], fits = /./): void {
  const left = [...faults]
  proxy.choose = ({ method, url }) =>
    fits.test(`${method} ${url}`) ? (left.shift() ?? null) : null
}

const slowDown = { kind: 'answer', status: 503, code: 'SlowDown' } as const
const internal = { kind: 'answer', status: 500, code: 'InternalError' } as const
/** The smallest parts that S3 takes; `many` is three of them. */
const partBytes = 5 * 1024 ** 2
const parts = { s3TransferMultipartThreshold: partBytes, s3TransferMultipartChunksize: partBytes }
const many = randomBytes(2 * partBytes + 1000)

test('Answers of 500 and 503 are not seen by the caller of any verb (V-67, U136)', async (t) => {
  const { storage, proxy } = await openFaulty(t)
  const twice = (): void => happen(proxy, [internal, slowDown])
  twice()
  await storage.put('a/k', bytes)
  twice()
  assert.deepEqual(await buffer(await storage.get('a/k')), bytes)
  twice()
  assert.equal((await storage.head('a/k'))?.sizeBytes, bytes.length)
  twice()
  await storage.copy('a/k', 'a/l')
  twice()
  assert.deepEqual(await keysBelow(storage, 'a'), ['a/k', 'a/l'])
  twice()
  await storage.delete('a/k')
  twice()
  await storage.deleteAll('a')
  assert.deepEqual(await keysBelow(storage, ''), [])
})

test('A body that is cut again and again is read on where it broke (V-67)', async (t) => {
  const { storage, proxy } = await openFaulty(t)
  await storage.put('k', bytes)
  happen(proxy, [
    { kind: 'cut', afterBytes: 1000 },
    { kind: 'cut', afterBytes: 100_000 },
    { kind: 'cut', afterBytes: 0 },
  ])
  assert.deepEqual(await buffer(await storage.get('k')), bytes)
  const ranges = proxy.calls.slice(-4).map(({ headers }) => headers.range)
  assert.deepEqual(ranges.slice(0, 3), [undefined, 'bytes=1000-299999', 'bytes=101000-299999'])
  happen(proxy, [{ kind: 'cut', afterBytes: 10 }])
  const part = await buffer(await storage.get('k', { start: 5000, end: 6000 }))
  assert.deepEqual(part, bytes.subarray(5000, 6001))
})

test('A body that stalls is given up and read on (V-67)', async (t) => {
  const { storage, proxy } = await openFaulty(t, { s3ReadTimeoutSeconds: 1 })
  await storage.put('k', bytes)
  happen(proxy, [{ kind: 'stall', afterBytes: 70_000 }])
  assert.deepEqual(await buffer(await storage.get('k')), bytes)
})

test('A server that does not answer is asked again (V-67)', async (t) => {
  const { storage, proxy } = await openFaulty(t, { s3ReadTimeoutSeconds: 1 })
  happen(proxy, [{ kind: 'silence' }])
  await storage.put('k', bytes)
  happen(proxy, [{ kind: 'silence' }])
  assert.deepEqual(await buffer(await storage.get('k')), bytes)
})

test('A slow line is not taken for a silent server', async (t) => {
  const settings = { s3ReadTimeoutSeconds: 2, s3TransferMultipartThreshold: 4 * partBytes }
  const { storage, proxy } = await openFaulty(t, settings)
  happen(proxy, [{ kind: 'slow', bytesPerSecond: 6_000_000 }], /PUT/)
  const slow = randomBytes(18_000_000)
  await storage.put('k', slow)
  assert.equal(proxy.calls.filter(({ url }) => url.includes('/k')).length, 1)
  assert.ok((await buffer(await storage.get('k'))).equals(slow))
})

test('A reader that pauses for long reads on where it was', async (t) => {
  const { storage, proxy } = await openFaulty(t, { s3ReadTimeoutSeconds: 1 })
  const large = randomBytes(30_000_000)
  await storage.put('k', large)
  const reading = await storage.get('k')
  const chunks: Buffer[] = []
  for await (const chunk of reading) {
    // The pause itself is what is tested.
    if (chunks.length === 0) await delay(2500)
    chunks.push(chunk as Buffer)
  }
  assert.ok(Buffer.concat(chunks).equals(large))
  assert.match(String(proxy.calls.at(-1)?.headers.range), /^bytes=[1-9]\d+-29999999$/)
})

test('An object that is replaced while a cut body is read on fails, never mixed or short', async (t) => {
  const { storage, proxy } = await openFaulty(t)
  await storage.put('k', bytes)
  proxy.choose = ({ method }) => (method === 'GET' ? { kind: 'cut', afterBytes: 1000 } : null)
  const reading = await storage.get('k')
  await storage.put('k', randomBytes(bytes.length))
  await assert.rejects(buffer(reading), { code: 'storage_unavailable' })
})

test('A body that never gets further fails after the tries that are set (V-36)', async (t) => {
  const { storage, proxy } = await openFaulty(t, { s3TransferNumDownloadAttempts: 2 })
  await storage.put('k', bytes)
  proxy.choose = ({ method }) => (method === 'GET' ? { kind: 'cut', afterBytes: 0 } : null)
  await assert.rejects(async () => buffer(await storage.get('k')), { code: 'storage_unavailable' })
  assert.equal(proxy.calls.filter(({ method }) => method === 'GET').length, 3)
})

test('Five seconds without a server are not seen by readers and writers (V-67, U136)', async (t) => {
  const { storage, proxy } = await openFaulty(t, parts)
  await storage.put('k', many)
  const reading = await storage.get('k')
  await proxy.down()
  const working = [
    buffer(reading),
    storage.get('k').then((stream) => buffer(stream)),
    storage.put('small', Buffer.from('x')),
    storage.put('large', Readable.from(inPieces(many))),
    storage.head('k'),
    keysBelow(storage, ''),
  ] as const
  // The outage itself is what is tested.
  await delay(5000)
  await proxy.up()
  const [first, second] = await Promise.all(working)
  assert.ok(first.equals(many))
  assert.ok(second.equals(many))
  assert.ok((await buffer(await storage.get('large'))).equals(many))
})

test('A server that stays away is told as such, and no part of an upload is left (U136)', async (t) => {
  const { storage, proxy } = await openFaulty(t, { ...parts, s3MaxAttempts: 2 })
  proxy.choose = ({ url }) => (url.includes('partNumber=2') ? internal : null)
  await assert.rejects(storage.put('k', many), { code: 'storage_unavailable' })
  assert.equal(await storage.head('k'), null)
  assert.equal(proxy.calls.at(-2)?.method, 'DELETE')
  await proxy.down()
  await assert.rejects(storage.head('k'), { code: 'storage_unavailable' })
})

test('Answers that are lost after the server did its work change nothing (U136)', {
  skip: skipWithoutRealS3,
}, async (t) => {
  const { storage, proxy } = await openFaulty(t, parts)
  happen(proxy, [{ kind: 'lose-answer' }], /POST .*uploadId/)
  const { etag } = await storage.put('k', many)
  assert.equal((await storage.head('k'))?.etag, etag)
  assert.ok((await buffer(await storage.get('k'))).equals(many))
  happen(proxy, [{ kind: 'lose-answer' }], /PUT/)
  await storage.put('small', Buffer.from('x'))
  happen(proxy, [{ kind: 'lose-answer' }], /DELETE/)
  await storage.delete('small')
  assert.equal(await storage.head('small'), null)
})

async function* inPieces(whole: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < whole.length; at += 70_000) yield whole.subarray(at, at + 70_000)
}
