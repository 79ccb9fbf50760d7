import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readConfig } from '#config/config.ts'
import { makeMediaInfo } from '../../../../test/support/media-info.ts'
import type { WholeFileProfile } from '../profile.ts'
import { planWholeFileJobs } from './plan-whole-file-jobs.ts'
import { planWholeFiles } from './plan-whole-files.ts'
import type { WholeFiles } from './profile-schema.ts'

const circumstances = {
  videoUuid: '4e3a5f2c-0000-4000-8000-000000000000',
  requestedAt: new Date('2026-01-02T03:04:05Z'),
  previewKey: null,
  baseName: 'lesson',
}

function planJobs(wholeFiles: WholeFiles) {
  const profile: WholeFileProfile = { name: 'test', wholeFiles }
  const media = makeMediaInfo()
  return planWholeFileJobs(planWholeFiles(media, profile, readConfig({})), media, circumstances)
}

test("a runner is told an HLS job's size and rate, and nothing private (D-46)", () => {
  const [parent, child] = planJobs({ rules: 'marsha' })
  assert.deepEqual(parent?.payload, { output: { resolution: 720, fps: 24, separatedAudio: false } })
  assert.deepEqual(parent?.privatePayload, {
    videoUUID: circumstances.videoUuid,
    isNewVideo: false,
    deleteWebVideoFiles: false,
    canMoveVideoState: false,
    inputStreams: [1, 2],
    transcodingRequestAt: '2026-01-02T03:04:05.000Z',
  })
  assert.deepEqual([parent?.parent, child?.parent], [null, 0])
  assert.equal(child?.privatePayload['canMoveVideoState'], true)
})

test("priorities are 0 in Marsha's order and by importance in PeerTube's (D-49, 3.4)", () => {
  assert.ok(planJobs({ rules: 'marsha' }).every(({ priority }) => priority === 0))
  const jobs = planJobs({
    rules: 'peertube',
    webVideos: true,
    resolutions: [480],
    alwaysOriginal: true,
    storyboard: true,
    transcription: true,
  })
  assert.deepEqual(
    jobs.map(({ label, priority }) => [label, priority]),
    [
      ['1080p-web', 100],
      ['1080p', 100],
      ['480p-web', 10_000],
      ['480p', 10_000],
      ['storyboard', 95],
      ['transcription', 200],
    ],
  )
})

test('only the job that all others wait for may not move the video on (6.5)', () => {
  const jobs = planJobs({ rules: 'peertube', webVideos: true, resolutions: [480] })
  assert.deepEqual(
    jobs.map(({ privatePayload }) => privatePayload['canMoveVideoState']),
    [false, true],
  )
})

test('what follows merged sound is told that it is made from that (2.3)', () => {
  const profile: WholeFileProfile = { name: 'test', wholeFiles: { rules: 'peertube' } }
  const media = makeMediaInfo({ video: null })
  const plan = planWholeFiles(media, profile, readConfig({}))
  const jobs = planWholeFileJobs(plan, media, { ...circumstances, previewKey: 'key' })
  assert.equal(jobs[0]?.privatePayload['previewKey'], 'key')
  assert.equal(jobs[1]?.privatePayload['madeFrom'], '480p-web')
})

test('a transcript is named by the base name (D-71)', () => {
  const last = planJobs({ rules: 'marsha', transcription: true }).at(-1)
  assert.equal(last?.privatePayload['base'], 'lesson')
})

test('larger pictures weigh more, and everything weighs something', () => {
  const [large, small] = planJobs({ rules: 'marsha', transcription: true })
  assert.ok((large?.weight ?? 0) > (small?.weight ?? 0))
  assert.ok(planJobs({ rules: 'marsha', transcription: true }).every(({ weight }) => weight >= 1))
})
