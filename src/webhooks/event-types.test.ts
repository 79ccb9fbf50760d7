import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { eventTypes, isWebhookEvent } from './event-types.ts'
import { defaultEvents, formatsToldOf } from './formats.ts'

const src = join(import.meta.dirname, '..')
const states = ['uploading', 'probing', 'planning', 'encoding', 'packaging', 'publishing']

test('every event that the flow records can be asked for by webhooks (U91)', () => {
  const files = readdirSync(join(src, 'flow'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.includes('.test'))
    .map((file) => readFileSync(join(src, 'flow', file), 'utf8'))
  const recorded = files.flatMap((text) =>
    [...text.matchAll(/'(video\.[a-z_]+)'/g)].map(([, type = '']) => type),
  )
  assert.ok(recorded.length > 8)
  const ends = ['published', 'failed', 'cancelled']
  const moves = [...states, ...ends].map((state) => `video.${state}`)
  const missing = [...recorded, ...moves].filter((type) => !isWebhookEvent(type))
  assert.deepEqual(missing, [])
  const unknown = Object.keys(eventTypes).filter((type) => ![...recorded, ...moves].includes(type))
  assert.deepEqual(unknown, [])
})

test('docs/webhooks.md lists every event as the table has it', () => {
  const page = readFileSync(join(src, '../docs/webhooks.md'), 'utf8')
  const rows = [...page.matchAll(/^\| `(video\.[a-z_]+)` \| (.*?) \| (.*?) \|$/gm)]
  const listed = rows.map(([, type, sentence, told]) => [type, sentence, told])
  const expected = Object.entries(eventTypes).map(([type, { sentence, byDefault }]) => [
    type,
    sentence,
    byDefault ? 'yes' : 'on request',
  ])
  assert.deepEqual(listed, expected)
})

test('the older formats tell of ends only', () => {
  for (const format of ['request_reference', 'assembly', 'ancestor'] as const) {
    assert.deepEqual(defaultEvents(format), ['video.published', 'video.failed', 'video.cancelled'])
  }
  assert.deepEqual(formatsToldOf('video.playable'), ['standard'])
  assert.deepEqual(formatsToldOf('video.packaging'), [])
})
