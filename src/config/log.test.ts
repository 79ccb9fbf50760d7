import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLogger } from './log.ts'
import { redactSecrets } from './redact.ts'

function collect(isTTY: boolean) {
  const lines: string[] = []
  return { lines, output: { isTTY, write: (line: string) => lines.push(line) } }
}

test('a line of the log is one JSON document with the time and the level by name', () => {
  const { lines, output } = collect(false)
  createLogger({ logLevel: 'info' }, output).info({ videoId: 'v1' }, 'published')
  const line = JSON.parse(lines[0] ?? '') as Record<string, unknown>
  assert.equal(line['level'], 'info')
  assert.equal(line['msg'], 'published')
  assert.equal(line['videoId'], 'v1')
  assert.match(String(line['time']), /^\d{4}-\d\d-\d\dT.*Z$/)
})

test('tokens and passwords are redacted wherever they stand in a line', () => {
  const { lines, output } = collect(false)
  const log = createLogger({ logLevel: 'info' }, output)
  const secret = 'ptrjt-11f0-aa_9'
  log.warn({ headers: { a: secret }, err: new Error(`no ${secret}`) }, `got rmk_abc and ${secret}`)
  log.info('postgres://reel:hunter2@db/reel')
  assert.doesNotMatch(lines.join(''), /11f0|rmk_abc|hunter2/)
  assert.match(lines.join(''), /ptrjt-\[redacted\]/)
})

test('the key of the API is redacted wherever it stands (U116)', () => {
  const { lines, output } = collect(false)
  const adminKey = 'long "and" \\odd'
  const log = createLogger({ logLevel: 'info', adminKey }, output)
  log.info({ headers: { authorization: `Bearer ${adminKey}` } }, `got ${adminKey}`)
  log.info({ authorization: 'Bearer somebody-elses' }, 'Bearer of news')
  assert.equal((JSON.parse(lines[0] ?? '') as { msg: string }).msg, 'got [redacted]')
  assert.match(lines[1] ?? '', /Bearer of news/)
  assert.doesNotMatch(lines.join(''), /odd|somebody/)
})

test('text without secrets is not changed', () => {
  const text = 'https://host:8000/a?b=c@d crypt-1 10:42:39'
  assert.equal(redactSecrets(text), text)
})

test('on a terminal a line is for people, with the stack of an error below', () => {
  const { lines, output } = collect(true)
  const log = createLogger({ logLevel: 'info' }, output)
  log.info({ port: 8000, name: 'a b' }, 'listening')
  assert.match(lines[0] ?? '', /^\d\d:\d\d:\d\d info {2}listening {2}port=8000 {2}name="a b"\n$/)
  log.error({ err: new Error('broken', { cause: new Error('deeper') }) }, 'failed')
  assert.match(lines[1] ?? '', /failed\nError: broken\n[^]*deeper/)
})

test('lines below the level are not written', () => {
  const { lines, output } = collect(false)
  createLogger({ logLevel: 'warn' }, output).info('quiet')
  assert.deepEqual(lines, [])
})
