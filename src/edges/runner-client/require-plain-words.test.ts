import assert from 'node:assert/strict'
import { test } from 'node:test'
import { planJobs } from '#stages/planning/plan-jobs.ts'
import { planVersion } from '#stages/planning/plan-version.ts'
import { sampleMedia } from '#stages/planning/preview/sample-media.ts'
import type { ChunkProfile } from '#stages/planning/profile.ts'
import { requirePlainWords } from './require-plain-words.ts'

const profile: ChunkProfile = {
  name: 'every codec',
  video: (['h264', 'hevc', 'vp9', 'av1'] as const).map((codec) => ({
    ...{ codec, height: 720, crf: 30, maxrateKbps: 2000 },
  })),
  audio: {},
}

function planSample(hdr: boolean) {
  const size = { width: 1280, height: 720, framesPerSecond: 29.97, durationSeconds: 60 }
  const media = sampleMedia({ ...size, bitRate: 5e6, audioTracks: 2, hdr })
  const titled = media.audio.map((stream) => ({ ...stream, title: "Director's cut; 5.1, [new]" }))
  const plan = planVersion({ ...media, audio: titled }, profile, { own: 1, slots: 1, stock: 0 })
  return planJobs(plan, media).map(({ payload }) => payload)
}

test('whatever is planned holds plain words, beside addresses and titles', () => {
  const payloads = [...planSample(false), ...planSample(true)]
  assert.ok(payloads.some(({ type }) => type === 'vod-audio-encoding'))
  for (const payload of payloads) {
    const url = 'http://127.0.0.1:8000/api/v1/runners/jobs/1/source/ticket'
    const path = '/films, [old]/source'
    const input = { ...payload.input, url, path, storageUrl: `${url}?X-Amz-Signature=1` }
    assert.doesNotThrow(() => requirePlainWords({ ...payload, input }))
  }
})

test('a field that would begin another filter or option of ffmpeg is refused', () => {
  const bad = [
    { chunk: { frames: '1[v0];movie=/etc/hostname,trim=end_frame=1' } },
    { input: { originSeconds: '0),movie=/etc/hostname' } },
    { renditions: [{ encoder: { level: '4:csv=/tmp/x' } }] },
    { renditions: [{ width: ['160:90', 'x'] }] },
    { picture: { color: { space: 'bt709\nbt709' } } },
  ]
  for (const payload of bad) {
    assert.throws(() => requirePlainWords(payload), { code: 'runner_failed' })
  }
  assert.throws(() => requirePlainWords(bad[2] ?? {}), /\/renditions\/0\/encoder\/level must be/)
})
