import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Environment } from '#config/config.ts'
import { readConfig } from '#config/config.ts'
import type { MediaInfo } from '#media/probe/media-info.ts'
import {
  makeAudioStream,
  makeMediaInfo,
  makeVideoStream,
} from '../../../../test/support/media-info.ts'
import { isWholeFileProfile } from '../profile.ts'
import { readProfile } from '../read-profile.ts'
import { planWholeFiles } from './plan-whole-files.ts'
import type { WholeFiles } from './profile-schema.ts'

const folder = new URL('../../../../profiles', import.meta.url).pathname

async function readShipped(name: 'marsha' | 'peertube') {
  const profile = await readProfile([folder], name)
  assert.ok(isWholeFileProfile(profile))
  return profile
}

const marsha = await readShipped('marsha')
const peertube = await readShipped('peertube')

function makeSource(width: number, height: number, fps = 25): MediaInfo {
  return makeMediaInfo({ video: makeVideoStream({ width, height, frameRate: [fps, 1] }) })
}

/** "720@25<0": resolution, rate, place of the parent. */
function listMarsha(media: MediaInfo, environment: Environment = {}): string[] {
  const plan = planWholeFiles(media, marsha, readConfig(environment))
  return plan.renditions.map(
    ({ resolution, fps, parent }) => `${resolution}@${fps}${parent === null ? '' : `<${parent}`}`,
  )
}

function listPeertube(media: MediaInfo, changes: Partial<WholeFiles> = {}): string[] {
  const profile = { ...peertube, wholeFiles: { ...peertube.wholeFiles, ...changes } }
  const { renditions } = planWholeFiles(media, profile, readConfig({}))
  return renditions.map(
    ({ name, parent }) => `${name}${parent === null ? '' : ` < ${renditions[parent]?.name}`}`,
  )
}

test('the highest enabled height is made first and all lower ones wait for it (D-41, D-42)', () => {
  assert.deepEqual(listMarsha(makeSource(1920, 1080)), ['720@25', '480@25<0', '360@25<0'])
  assert.deepEqual(listMarsha(makeSource(960, 540)), ['480@25', '360@25<0'])
  assert.deepEqual(listMarsha(makeSource(640, 360)), ['360@25'])
})

test('portrait is planned by its short side (D-40)', () => {
  const portrait = makeSource(1080, 1920)
  assert.deepEqual(listMarsha(portrait), ['720@25', '480@25<0', '360@25<0'])
  const [first] = planWholeFiles(portrait, marsha, readConfig({})).renditions
  assert.deepEqual([first?.width, first?.height], [720, 1280])
})

test('each flag adds or removes exactly its height (D-21)', () => {
  const source = makeSource(1920, 1080)
  const without = listMarsha(source, { TRANSCODING_RESOLUTIONS_480P: 'False' })
  assert.deepEqual(without, ['720@25', '360@25<0'])
  const withMore = { TRANSCODING_RESOLUTIONS_1080P: 'True', TRANSCODING_RESOLUTIONS_2160P: '1' }
  assert.deepEqual(listMarsha(source, withMore), ['1080@25', '720@25<0', '480@25<0', '360@25<0'])
})

test("the source's own height is made in addition when that is set (D-20, WD10)", () => {
  const environment = { TRANSCODING_ALWAYS_TRANSCODE_ORIGINAL_RESOLUTION: 'True' }
  assert.deepEqual(listMarsha(makeSource(960, 540), environment), [
    '540@25',
    '480@25<0',
    '360@25<0',
  ])
  assert.equal(listMarsha(makeSource(961, 539), environment)[0], '540@25')
  assert.deepEqual(listMarsha(makeSource(640, 360), environment), ['360@25'])
})

test('a source below every enabled height is made at its own even size (D-43, WD9)', () => {
  assert.deepEqual(listMarsha(makeSource(320, 240)), ['240@25'])
  assert.deepEqual(listMarsha(makeSource(321, 241)), ['240@25'])
  assert.deepEqual(listMarsha(makeSource(1, 1)), ['2@25'])
})

test('sound alone becomes an HLS file of sound, or PeerTube’s still picture (D-25, D-44)', () => {
  const sound = makeMediaInfo({ video: null })
  const [only, ...others] = planWholeFiles(sound, marsha, readConfig({})).renditions
  assert.deepEqual(
    [only?.type, only?.resolution, only?.fps, only?.hasVideo, others.length],
    ['vod-hls-transcoding', 0, 0, false, 0],
  )
  const [merge, hls] = planWholeFiles(sound, peertube, readConfig({})).renditions
  assert.deepEqual([merge?.madeFrom, hls?.madeFrom], [null, 0])
  assert.deepEqual(
    [merge?.type, merge?.resolution, merge?.fps, merge?.width],
    ['vod-audio-merge-transcoding', 480, 25, null],
  )
  assert.deepEqual(listPeertube(sound), [
    '480p-web',
    '480p < 480p-web',
    '360p-web < 480p-web',
    '360p < 360p-web',
  ])
})

test('every file of a film is made from the source, never from another rendition (WD22)', () => {
  const { renditions } = planWholeFiles(makeSource(1280, 720), peertube, readConfig({}))
  assert.ok(renditions.every(({ madeFrom }) => madeFrom === null))
})

test('merged sound has 480p whatever is enabled (6.2)', () => {
  const sound = makeMediaInfo({ video: null })
  const changes = { alwaysOriginal: false, webVideos: false, resolutions: [360, 720] }
  assert.deepEqual(listPeertube(sound, changes), ['480p-web', '480p < 480p-web', '360p < 480p-web'])
})

test('a merged film is kept, since the lower resolutions are made from it', () => {
  const profile = { ...peertube, wholeFiles: { ...peertube.wholeFiles, webVideos: false } }
  const { renditions } = planWholeFiles(makeMediaInfo({ video: null }), profile, readConfig({}))
  assert.ok(renditions.every(({ deleteWebVideoFiles }) => !deleteWebVideoFiles))
})

test('a film in MJPEG is a film (WD27)', () => {
  const video = makeVideoStream({ codec: 'mjpeg', width: 640, height: 480 })
  const [first] = planWholeFiles(makeMediaInfo({ video }), marsha, readConfig({})).renditions
  assert.equal(first?.resolution, 480)
})

test('a source with too few frames a second is refused (D-22)', () => {
  const slow = makeMediaInfo({ video: makeVideoStream({ frameRate: [1, 2] }) })
  assert.throws(() => listMarsha(slow), { code: 'source_too_few_frames' })
  assert.deepEqual(listMarsha(makeSource(640, 360, 1)), ['360@1'])
  assert.equal(listPeertube(slow).length > 0, true)
})

test('HLS and web videos: all wait for the first web video, HLS for its own (runner protocol 6.2)', () => {
  assert.deepEqual(listPeertube(makeSource(1280, 720), { storyboard: false }), [
    '720p-web',
    '720p < 720p-web',
    '480p-web < 720p-web',
    '480p < 480p-web',
    '360p-web < 720p-web',
    '360p < 360p-web',
  ])
})

test('without web videos the first is made nevertheless, and removed after its HLS file (6.2)', () => {
  const wholeFiles = { ...peertube.wholeFiles, webVideos: false, resolutions: [480, 240] }
  const plan = planWholeFiles(makeSource(1281, 719), { ...peertube, wholeFiles }, readConfig({}))
  assert.deepEqual(
    plan.renditions.map(({ name, deleteWebVideoFiles }) => [name, deleteWebVideoFiles]),
    [
      ['718p-web', false],
      ['718p', true],
      ['480p', false],
      ['240p', false],
      ['storyboard', false],
    ],
  )
})

test('sound in a file of its own is made once, by a job of resolution 0 (6.2)', () => {
  const changes = { splitAudio: true, webVideos: false, resolutions: [0, 480], storyboard: false }
  assert.deepEqual(listPeertube(makeSource(1280, 720), changes), [
    '720p-web',
    '720p < 720p-web',
    'audio < 720p-web',
    '480p < 720p-web',
  ])
  const silent = makeMediaInfo({ audio: [] })
  assert.ok(!listPeertube(silent, changes).some((name) => name.startsWith('audio')))
  const profile = { ...marsha, wholeFiles: { ...marsha.wholeFiles, splitAudio: true } }
  const { renditions } = planWholeFiles(makeSource(640, 480), profile, readConfig({}))
  assert.deepEqual(
    renditions.map(({ name, parent, separatedAudio, hasAudio }) => [
      name,
      parent,
      separatedAudio,
      hasAudio,
    ]),
    [
      ['480p', null, true, false],
      ['audio', 0, true, true],
      ['360p', 0, true, false],
    ],
  )
})

test('a 0p rendition is a web video and an HLS file of sound, only where there is sound (6.1)', () => {
  const changes = { resolutions: [0, 360], storyboard: false }
  assert.deepEqual(listPeertube(makeSource(640, 360), changes), [
    '360p-web',
    '360p < 360p-web',
    'audio-web < 360p-web',
    'audio < audio-web',
  ])
})

test('the storyboard has at most 11 × 11 tiles, none under 3 seconds (runner protocol 2.7)', () => {
  const sprites = (durationSeconds: number) =>
    planWholeFiles(makeMediaInfo({ durationSeconds }), peertube, readConfig({})).renditions.find(
      ({ type }) => type === 'generate-video-storyboard',
    )?.sprites
  assert.deepEqual(sprites(330), {
    size: { width: 192, height: 108 },
    count: { width: 11, height: 10 },
    duration: 3,
  })
  assert.deepEqual(sprites(5)?.count, { width: 5, height: 1 })
  assert.equal(sprites(2.9), undefined)
})

test('a transcript is ordered where the profile wants one and there is sound', () => {
  const profile = { ...marsha, wholeFiles: { ...marsha.wholeFiles, transcription: true } }
  const types = (media: MediaInfo) =>
    planWholeFiles(media, profile, readConfig({})).renditions.map(({ type }) => type)
  assert.ok(types(makeMediaInfo({ audio: [makeAudioStream()] })).includes('video-transcription'))
  assert.ok(!types(makeMediaInfo({ audio: [] })).includes('video-transcription'))
})
