import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isGivenUp, type Try } from './judge-failure.ts'

const byRunner = (runnerId: number | null, facts: Partial<Try> = {}): Try => ({
  runnerId,
  isRunnerSetAside: false,
  isServersFault: false,
  ...facts,
})
const times = (count: number, each: Try) => Array.from({ length: count }, () => each)
const usual = { prospect: 'open' as const, limit: 5, couldOthers: true }

test('what cannot help, and a limit of one, end a job at once (D-56)', () => {
  const tries = [byRunner(1)]
  assert.equal(isGivenUp({ ...usual, tries, prospect: 'settled' }), true)
  for (const limit of [0, 1]) assert.equal(isGivenUp({ ...usual, tries, limit }), true)
  assert.equal(isGivenUp({ ...usual, tries, limit: 2 }), false)
})

test('what a runner alone claims of a file needs a second opinion, where there is somebody to give it', () => {
  const claim = { ...usual, prospect: 'claimed' as const }
  const alone = times(2, byRunner(1))
  assert.equal(isGivenUp({ ...claim, tries: alone }), false)
  assert.equal(isGivenUp({ ...claim, tries: alone, couldOthers: false }), true)
  assert.equal(isGivenUp({ ...claim, tries: [byRunner(1), byRunner(2)] }), true)
  const lost = byRunner(2, { isServersFault: true })
  assert.equal(isGivenUp({ ...claim, tries: [byRunner(1), lost] }), false)
})

test('the limit counts the tries of several runners, or of the only one (D-56)', () => {
  const mixed = [...times(4, byRunner(1)), byRunner(2)]
  assert.equal(isGivenUp({ ...usual, tries: mixed }), true)
  assert.equal(isGivenUp({ ...usual, tries: mixed.slice(1) }), false)
  const alone = times(5, byRunner(1))
  assert.equal(isGivenUp({ ...usual, tries: alone, couldOthers: false }), true)
  assert.equal(isGivenUp({ ...usual, tries: alone }), false)
})

test('tries that nobody remembers count as those of others', () => {
  assert.equal(isGivenUp({ ...usual, tries: [...times(4, byRunner(null)), byRunner(1)] }), true)
})

test('tries of runners that are set aside count only where nobody else is left', () => {
  const aside = { isRunnerSetAside: true }
  const tries = [...times(3, byRunner(1, aside)), ...times(2, byRunner(2))]
  assert.equal(isGivenUp({ ...usual, tries }), false)
  assert.equal(isGivenUp({ ...usual, tries, couldOthers: false }), true)
})

test('what the server did does not count, but every job ends: at four times the limit', () => {
  const lost = byRunner(1, { isServersFault: true })
  assert.equal(isGivenUp({ ...usual, tries: times(19, lost), couldOthers: false }), false)
  assert.equal(isGivenUp({ ...usual, tries: times(20, lost), couldOthers: false }), true)
  for (const limit of [0, 1]) {
    assert.equal(isGivenUp({ ...usual, limit, tries: times(3, lost) }), false)
    assert.equal(isGivenUp({ ...usual, limit, tries: [byRunner(1), lost] }), true)
    assert.equal(isGivenUp({ ...usual, limit, tries: times(4, lost) }), true)
  }
})
