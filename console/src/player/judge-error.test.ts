import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judgeError, judgeMediaError, judgeMissingProgram } from './judge-error.ts'

const none = { recoveries: 0, restarts: 0 }
const media = { type: 'mediaError', details: 'bufferAppendError', status: 0 }
const network = { type: 'networkError', details: 'fragLoadError', status: 503 }

test('A media error is recovered from twice, then it starts over, then people are told', () => {
  assert.deepEqual(judgeError(media, none), { do: 'recover' })
  assert.deepEqual(judgeError(media, { recoveries: 1, restarts: 0 }), { do: 'recover' })
  assert.equal(judgeError(media, { recoveries: 2, restarts: 0 }).do, 'restart')
  const end = judgeError(media, { recoveries: 2, restarts: 6 })
  assert.equal(end.do, 'give-up')
})

test('A network that is away is waited for, ever longer', () => {
  const pauses = [0, 1, 2].map((restarts) => judgeError(network, { recoveries: 0, restarts }))
  assert.deepEqual(
    pauses.map((verdict) => (verdict.do === 'restart' ? verdict.pauseMs : null)),
    [500, 1000, 2000],
  )
})

test('What cannot be mended is told at once', () => {
  for (const error of [
    { ...network, status: 404 },
    { ...media, details: 'manifestIncompatibleCodecsError' },
  ]) {
    const verdict = judgeError(error, none)
    assert.equal(verdict.do, 'give-up')
  }
})

test('The errors of a media element have sentences', () => {
  const titles = [1, 2, 3, 4].map((code) => judgeMediaError(code).title)
  assert.ok(titles.every((title) => title !== ''))
  assert.notEqual(titles[1], titles[3])
})

test('A player that does not come says so, with what the browser says of it', () => {
  const { title, code } = judgeMissingProgram(new TypeError('Failed to fetch'))
  assert.deepEqual([title, code], ['The player could not be loaded', 'Failed to fetch'])
})
