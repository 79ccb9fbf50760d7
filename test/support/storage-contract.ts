import assert from 'node:assert/strict'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { describe, type TestContext, test } from 'node:test'
import type { Storage } from '#storage/contract.ts'

/** What every driver must do, run on the one that `open` makes. */
export function describeStorage(name: string, open: (t: TestContext) => Promise<Storage>): void {
  describe(`Storage in ${name} (U10)`, () => {
    test('gives back what was put, from a buffer and from a stream', async (t) => {
      const storage = await open(t)
      const info = await storage.put('a/b/one.bin', Buffer.from('one'))
      await storage.put('a/two.bin', Readable.from([Buffer.from('tw'), Buffer.from('o')]))
      assert.equal(info.sizeBytes, 3)
      assert.equal(await textOf(storage, 'a/b/one.bin'), 'one')
      assert.equal(await textOf(storage, 'a/two.bin'), 'two')
    })

    test('reads ranges, both ends included, and cuts them at the end', async (t) => {
      const storage = await open(t)
      await storage.put('k', Buffer.from('0123456789'))
      assert.equal(await textOf(storage, 'k', { start: 2, end: 4 }), '234')
      assert.equal(await textOf(storage, 'k', { start: 8, end: 99 }), '89')
      assert.equal(await textOf(storage, 'k', { start: 10, end: 12 }), '')
    })

    test('reads the object that is meant, or none', async (t) => {
      const storage = await open(t)
      const { etag } = await storage.put('k', Buffer.from('0123456789'))
      const range = { start: 2, end: 4, ifEtag: etag }
      assert.equal(await textOf(storage, 'k', range), '234')
      await storage.put('k', Buffer.from('9876543210'))
      await assert.rejects(storage.get('k', range), { code: 'object_not_found' })
    })

    test('replaces an object whole, and its etag with it', async (t) => {
      const storage = await open(t)
      const first = await storage.put('k', Buffer.from('aaaa'))
      const reading = await storage.get('k')
      const second = await storage.put('k', Buffer.from('bbbb'))
      assert.notEqual(first.etag, second.etag)
      assert.equal((await buffer(reading)).toString(), 'aaaa')
      assert.equal((await storage.head('k'))?.etag, second.etag)
    })

    test('copies an object, and only the one that is meant', async (t) => {
      const storage = await open(t)
      const { etag } = await storage.put('a/from', Buffer.from('bytes'))
      const copied = await storage.copy('a/from', 'b/to', { ifEtag: etag })
      assert.equal(copied.sizeBytes, 5)
      assert.equal(await textOf(storage, 'b/to'), 'bytes')
      assert.equal(await textOf(storage, 'a/from'), 'bytes')
      await storage.put('a/from', Buffer.from('others'))
      const stale = storage.copy('a/from', 'c/to', { ifEtag: etag })
      await assert.rejects(stale, { code: 'object_not_found' })
      await assert.rejects(storage.copy('no/such', 'c/to'), { code: 'object_not_found' })
      assert.equal(await storage.head('c/to'), null)
    })

    test('leaves nothing when the body breaks off, and passes its error on', async (t) => {
      const storage = await open(t)
      const broken = Readable.from(breakOff())
      await assert.rejects(storage.put('k', broken), /the line went dead/)
      assert.equal(await storage.head('k'), null)
      assert.deepEqual(await keysBelow(storage, ''), [])
    })

    test('keeps the old object when the new one breaks off', async (t) => {
      const storage = await open(t)
      await storage.put('k', Buffer.from('old'))
      await assert.rejects(storage.put('k', Readable.from(breakOff())))
      assert.equal(await textOf(storage, 'k'), 'old')
    })

    test('says what is not there', async (t) => {
      const storage = await open(t)
      assert.equal(await storage.head('no/such'), null)
      await assert.rejects(storage.get('no/such'), { code: 'object_not_found' })
      await storage.put('folder/file', Buffer.from('x'))
      assert.equal(await storage.head('folder'), null)
      await assert.rejects(storage.get('folder'), { code: 'object_not_found' })
    })

    test('lists below a folder in the order of the keys', async (t) => {
      const storage = await open(t)
      const keys = ['v/1/a.m4s', 'v/1.x', 'v/1/b/0', 'v/10/a', 'v/1-x', 'w/1']
      for (const key of keys) await storage.put(key, Buffer.from(key))
      assert.deepEqual(await keysBelow(storage, 'v'), keys.slice(0, 5).toSorted())
      assert.deepEqual(await keysBelow(storage, 'v/1'), ['v/1/a.m4s', 'v/1/b/0'])
      assert.deepEqual(await keysBelow(storage, ''), keys.toSorted())
      assert.deepEqual(await keysBelow(storage, 'nothing/'), [])
    })

    test('deletes one, or all below a folder and nothing beside it (U16)', async (t) => {
      const storage = await open(t)
      for (const key of ['v/1/a', 'v/1/b', 'v/10/a']) await storage.put(key, Buffer.from(key))
      await storage.delete('v/1/a')
      await storage.delete('v/1/a')
      assert.deepEqual(await keysBelow(storage, ''), ['v/1/b', 'v/10/a'])
      const calledOff = storage.deleteAll('v/1', AbortSignal.abort())
      await assert.rejects(calledOff, { code: 'storage_unavailable' })
      assert.deepEqual(await keysBelow(storage, ''), ['v/1/b', 'v/10/a'])
      await storage.deleteAll('v/1', new AbortController().signal)
      await storage.deleteAll('v/1')
      assert.deepEqual(await keysBelow(storage, ''), ['v/10/a'])
    })

    test('takes over a file of this machine', async (t) => {
      const storage = await open(t)
      const path = join(await scratch(t), 'made.bin')
      await writeFile(path, 'made')
      const info = await storage.putFile('deep/er/made.bin', path)
      assert.equal(info.sizeBytes, 4)
      assert.equal(await textOf(storage, 'deep/er/made.bin'), 'made')
      await assert.rejects(stat(path), { code: 'ENOENT' })
    })

    test('refuses keys that could lead out of their place (U115)', async (t) => {
      const storage = await open(t)
      for (const key of [
        '',
        '/etc/passwd',
        '../x',
        'a/../b',
        'a//b',
        'a/',
        '.tmp/x',
        'ä',
        'a\0b',
      ]) {
        await assert.rejects(storage.put(key, Buffer.from('x')), { code: 'key_invalid' }, key)
        await assert.rejects(async () => storage.get(key), { code: 'key_invalid' }, key)
      }
      await assert.rejects(storage.deleteAll('..'), { code: 'key_invalid' })
    })

    test('survives writers and deleters of one folder at once', async (t) => {
      const storage = await open(t)
      const rounds = Array.from({ length: 40 }, async (_, round) => {
        await storage.put(`same/folder/${round}`, Buffer.from('x'))
        await storage.delete(`same/folder/${round}`)
      })
      await Promise.all(rounds)
      assert.deepEqual(await keysBelow(storage, ''), [])
    })
  })
}

async function* breakOff(): AsyncGenerator<Buffer> {
  yield Buffer.from('half of it')
  throw new Error('the line went dead')
}

/** A folder of the test's own, removed after it. */
export async function scratch(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'reelmill-storage-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** The keys below a prefix, as listed. */
export async function keysBelow(storage: Storage, prefix: string): Promise<string[]> {
  const keys: string[] = []
  for await (const { key } of storage.list(prefix)) keys.push(key)
  return keys
}

async function textOf(
  storage: Storage,
  key: string,
  range?: { readonly start: number; readonly end: number },
): Promise<string> {
  return (await buffer(await storage.get(key, range))).toString()
}
