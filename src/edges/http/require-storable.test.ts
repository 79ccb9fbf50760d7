import assert from 'node:assert/strict'
import { PassThrough } from 'node:stream'
import { test } from 'node:test'
import { openTestHttpServer } from '../../../test/support/http-server.ts'
import { requireStorable } from './require-storable.ts'

const refusal = { code: 'invalid_request' }

test('Texts that the database cannot hold are refused wherever they stand', () => {
  for (const sent of ['a\0b', '\ud800', { name: 'a\0b' }, { '\0': 1 }, { a: [{ b: '\udc00x' }] }]) {
    assert.throws(() => requireStorable(sent), refusal, JSON.stringify(sent))
  }
})

test('What is nested without end is refused before anything recurses into it', () => {
  const deep: unknown = JSON.parse(`${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`)
  assert.throws(() => requireStorable(deep), refusal)
})

test('Every other value passes, bytes untouched', () => {
  for (const sent of [undefined, null, 7, '', '😀\n', [], { a: [null, true, { b: 'ü' }] }]) {
    requireStorable(sent)
  }
  requireStorable(Buffer.alloc(1_000_000))
  // A stream knows who reads it, who knows the stream: without end for who looks into it.
  requireStorable(new PassThrough().pipe(new PassThrough()))
})

test('A caller is told that its text cannot be kept, not that the server is broken (U80)', async (t) => {
  const { url } = await openTestHttpServer(t)
  const patch = (body: string) =>
    fetch(`${url}/api/v1/videos/00000000-0000-4000-8000-000000000000`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body,
    })
  const bodies = [
    '{"name":"\\u0000"}',
    '{"metadata":{"a":"\\ud800"}}',
    '{"metadata":{"\\u0000":1}}',
  ]
  for (const body of bodies) assert.equal((await patch(body)).status, 400, body)
})
