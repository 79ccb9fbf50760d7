import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encodePictures } from '#media/boxes/clip.test-support.ts'
import { defaultPrograms } from '#media/ffmpeg/programs.ts'
import type { VideoTrack } from '#media/tracks/track.ts'
import { makeFolder } from '../../../test/support/files.ts'
import { decodeSamples } from './decode-samples.ts'

test('one segment of each track is decoded, and the one that cannot be is named', async (t) => {
  const scratch = await makeFolder(t)
  const { init, fragments } = await encodePictures('h264', { frames: 10 })
  const good = Buffer.concat(fragments)
  const rubbish = Buffer.from(good)
  rubbish.fill(0xff, rubbish.indexOf('mdat') + 4)
  const names = ['720p', '360p', '234p']
  const tracks = names.map((name) => ({
    ...{ name, kind: 'video' },
    segments: [{ number: 3 }],
  })) as unknown as VideoTrack[]
  const decode = (broken: string | null) =>
    decodeSamples({
      tracks,
      read: async (path) => {
        if (path.endsWith('init.mp4')) return init
        return path === `${broken}/3.m4s` ? rubbish : good
      },
      scratch,
      random: () => 0,
      signal: AbortSignal.timeout(60_000),
      programs: defaultPrograms,
    })
  await decode(null)
  await assert.rejects(decode('360p'), {
    code: 'output_refused',
    message: 'Segment 3 of 360p cannot be decoded.',
  })
})
