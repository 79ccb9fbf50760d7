import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  makeAudioStream,
  makeMediaInfo,
  makeVideoStream,
} from '../../../test/support/media-info.ts'
import { planJobs } from './plan-jobs.ts'
import { planVersion } from './plan-version.ts'
import { isWholeFileProfile } from './profile.ts'
import { readProfile } from './read-profile.ts'

const shipped = await readProfile(
  [new URL('../../../profiles', import.meta.url).pathname],
  'default',
)
assert.ok(!isWholeFileProfile(shipped))
const profile = shipped

function planFor(media: ReturnType<typeof makeMediaInfo>) {
  return planJobs(planVersion(media, profile, { own: 1, slots: 1, stock: 0 }), media)
}

test('what can be played soonest comes first: lowest opening, sound, opening, then the chunks', () => {
  const jobs = planFor(makeMediaInfo()).toSorted((a, b) => a.priority - b.priority)
  assert.deepEqual(
    jobs.map(({ label }) => label),
    ['opening, 234p', 'audio', 'opening', 'chunk 1'],
  )
})

test('every rendition of every chunk is ordered exactly once', () => {
  const ordered = planFor(makeMediaInfo()).flatMap(({ payload }) =>
    payload.type === 'vod-chunk-encoding'
      ? payload.renditions.map(({ name }) => `${name}@${payload.chunk.firstFrame}`)
      : [],
  )
  assert.equal(new Set(ordered).size, ordered.length)
  assert.equal(ordered.length, 2 * 6)
})

test('what plays first is scaled straight to its size, where nothing must be lossless', () => {
  const media = makeMediaInfo()
  const countSizes = (lossless: boolean) => {
    const plan = planVersion(media, { ...profile, lossless }, { own: 1, slots: 1, stock: 0 })
    return planJobs(plan, media).flatMap(({ label, payload }) =>
      'picture' in payload ? [`${label}: ${payload.picture.scales.length}`] : [],
    )
  }
  assert.deepEqual(countSizes(false), ['opening, 234p: 2', 'opening: 6', 'chunk 1: 6'])
  assert.deepEqual(countSizes(true), ['opening, 234p: 6', 'opening: 6', 'chunk 1: 6'])
})

test('a source of sound alone gets a plan of sound alone (D-44)', () => {
  const media = makeMediaInfo({ video: null })
  assert.deepEqual(
    planFor(media).map(({ type }) => type),
    ['vod-audio-encoding'],
  )
})

test('a silent source gets no job for sound (WP3)', () => {
  const types = planFor(makeMediaInfo({ audio: [] })).map(({ type }) => type)
  assert.ok(!types.includes('vod-audio-encoding'))
})

test('every track of sound is kept, with its language (U43)', () => {
  const audio = [makeAudioStream({ language: 'en' }), makeAudioStream({ index: 2, language: 'fr' })]
  const plan = planVersion(makeMediaInfo({ audio }), profile, { own: 1, slots: 1, stock: 0 })
  assert.deepEqual(
    plan.audio.map(({ name, language, sourceStream }) => [name, language, sourceStream]),
    [
      ['audio-0', 'en', 1],
      ['audio-1', 'fr', 2],
    ],
  )
})

test('where nobody plays early the opening is one job for all renditions', () => {
  const patient = { ...profile, playableEarly: false }
  const plan = planVersion(makeMediaInfo(), patient, { own: 1, slots: 1, stock: 0 })
  const [opening] = planJobs(plan, makeMediaInfo())
  assert.ok(opening?.payload.type === 'vod-chunk-encoding')
  assert.deepEqual(opening.payload.renditions, plan.video)
})

test('a source that cannot be cut is one job for all renditions', () => {
  const media = makeMediaInfo({ access: 'sequential' })
  const chunks = planFor(media).filter(({ type }) => type === 'vod-chunk-encoding')
  assert.equal(chunks.length, 1)
})

test('HDR becomes BT.709, and an untagged small picture is tagged as what players assume', () => {
  const hdr = planVersion(makeMediaInfo({ video: makeVideoStream({ hdr: 'pq' }) }), profile, {
    own: 1,
    slots: 1,
    stock: 0,
  })
  assert.equal(hdr.picture?.color.space, 'bt709')
  const small = makeVideoStream({ width: 640, height: 480 })
  assert.equal(
    planVersion(makeMediaInfo({ video: small }), profile, { own: 1, slots: 1, stock: 0 }).picture
      ?.color.space,
    'smpte170m',
  )
})
