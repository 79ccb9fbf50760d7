import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openTestParts } from '../../test/support/parts.ts'
import { transcodeObject } from './transcode-object.ts'

test('a video of an object and the beginning of its journey are there together, or neither (D-03)', async (t) => {
  const parts = await openTestParts(t)
  await parts.storage.put('in/film.mp4', Buffer.from('film'))
  const enqueue = () => Promise.reject(new Error('The queue broke.'))
  // Sound for what is used of it.
  const broken = { ...parts, queue: { enqueue } as unknown as typeof parts.queue }
  await assert.rejects(transcodeObject(broken, { key: 'in/film.mp4' }), /The queue broke/)
  for (const table of ['videos', 'events'] as const) {
    assert.deepEqual(await parts.database.selectFrom(table).select('id').execute(), [], table)
  }
  await transcodeObject(parts, { key: 'in/film.mp4' })
  const versions = await parts.database.selectFrom('versions').select('state').execute()
  assert.deepEqual(versions, [{ state: 'probing' }])
})
