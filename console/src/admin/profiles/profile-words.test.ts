import assert from 'node:assert/strict'
import { test } from 'node:test'
import { describeProfile, nameField } from './profile-words.ts'

const rung = (height: number, codec?: string) => ({ height, ...(codec ? { codec } : {}) })

test('a profile is described by what it makes (C-35)', () => {
  const video = [rung(1080), rung(360), rung(720, 'hevc')]
  assert.equal(
    describeProfile({ video, storyboard: true }),
    'H.264 1080–360p, HEVC 720p, storyboard',
  )
  assert.equal(describeProfile({ video: [], mp4: [] }), 'Sound alone')
  assert.equal(describeProfile({ wholeFiles: {} }), 'Whole files, one job each')
})

test('what is wrong is told by the words that stand at the field (C-35)', () => {
  assert.equal(nameField('/video/0/crf'), 'Ladder, row 1, quality')
  assert.equal(nameField('/prefix'), 'prefix')
})
