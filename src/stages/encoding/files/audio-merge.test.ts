import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { makeClip } from '../../../../test/support/clip.ts'
import { runFfmpeg } from '../../../../test/support/ffmpeg.ts'
import { mergeAudio } from './audio-merge.ts'
import { makeContext, measureLuma, probeFile } from './work-context.test-support.ts'

const folder = await mkdtemp(join(tmpdir(), 'reelmill-audio-merge-'))
test.after(() => rm(folder, { recursive: true, force: true }))

let jobs = 0

async function work(audioFileUrl: string, previewFileUrl: string) {
  jobs += 1
  const input = { audioFileUrl, previewFileUrl }
  const payload = { input, output: { resolution: 90, fps: 25 } }
  const { files } = await mergeAudio(
    await makeContext(payload, { scratch: join(folder, `job-${jobs}`) }),
  )
  assert.ok(files.videoFile)
  return { path: files.videoFile.path, ...(await probeFile(files.videoFile.path)) }
}

async function makePreview(name: string) {
  const path = join(folder, name)
  await runFfmpeg(['-f', 'lavfi', '-i', 'color=white:s=321x181', '-frames:v', '1', path])
  return path
}

test('a picture is shown for exactly as long as the sound lasts, whatever kind of picture it is (D-44)', async () => {
  const song = join(folder, 'song.mp3')
  await runFfmpeg(['-f', 'lavfi', '-i', 'sine=duration=3', '-ac', '1', song])
  for (const name of ['preview.jpg', 'preview.png']) {
    const { path, video, audio, seconds } = await work(song, await makePreview(name))
    assert.deepEqual([video?.width, video?.height, video?.r_frame_rate], [160, 90, '25/1'])
    assert.deepEqual([audio?.codec_name, audio?.channels], ['aac', 2])
    assert.ok(Math.abs(seconds - 3) < 0.15, `${seconds}`)
    assert.ok(Math.abs(Number(video?.nb_read_packets) - 75) <= 3)
    assert.ok((await measureLuma(path, { x: 80, y: 40, atSeconds: 2.5 })) > 230)
  }
})

test('pictures in the place of sound, and a film in the place of the picture, are refused', async () => {
  const preview = await makePreview('right.png')
  const silent = await makeClip({ folder, seconds: 1, sound: false, name: 'silent.mp4' })
  const film = await makeClip({ folder, seconds: 1, name: 'film.mp4' })
  await assert.rejects(work(silent, preview), { code: 'source_no_sound' })
  await assert.rejects(work(film, film), { code: 'source_unreadable' })
})
