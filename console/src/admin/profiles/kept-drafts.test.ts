import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keepDraft, readDraft } from './kept-drafts.ts'

function openStorage(setItem?: () => void): Storage {
  const items = new Map<string, string>()
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: setItem ?? ((key: string, value: string) => void items.set(key, value)),
    removeItem: (key: string) => void items.delete(key),
  } as Storage
}

const draft = {
  base: { version: 3, start: { name: 'tiny' } },
  edited: { text: '{ "name": "tiny", ', value: { name: 'tiny' } },
}

test('A draft is kept for its profile, half-typed as it is, until it is forgotten', () => {
  const storage = openStorage()
  keepDraft(storage, 'tiny', draft)
  assert.deepEqual(readDraft(storage, 'tiny'), draft)
  assert.equal(readDraft(storage, 'default'), null)
  keepDraft(storage, 'tiny', null)
  assert.equal(readDraft(storage, 'tiny'), null)
})

test('A full storage does not stop whoever edits', () => {
  const storage = openStorage(() => {
    throw new DOMException('full', 'QuotaExceededError')
  })
  keepDraft(storage, 'tiny', draft)
  assert.equal(readDraft(storage, 'tiny'), null)
})
