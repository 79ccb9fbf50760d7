import { buffer } from 'node:stream/consumers'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { StoryboardPayload } from '#jobs/file-payload.ts'
import { readJpegSize } from '#media/pictures/read-jpeg-size.ts'
import { writeStoryboardTrack } from '#media/tracks/storyboard-track.ts'
import { recordEvent } from '../advance.ts'
import type { JobKind } from './job-kind.ts'
import { stagedFile } from './staged-path.ts'

/** 121 tiles of 192 pixels are some 2 MB. */
const maxBytes = 32 * 1024 ** 2

/** One picture with tiles, and the WebVTT that tells players which tile belongs to which time. */
export const storyboard: JobKind = {
  files: ['storyboardFile'],
  fields: [],
  complete: async (parts, completion) => {
    const { version, job } = completion
    const { sprites } = job.payload as unknown as StoryboardPayload
    const file = stagedFile(completion, 'storyboardFile')
    if (file.sizeBytes > maxBytes) throw new ReelmillError('result_refused')
    const picture = await buffer(await parts.storage.get(file.key))
    requireSize(picture, sprites)
    const { durationSeconds } = version.media ?? { durationSeconds: 0 }
    const track = Buffer.from(writeStoryboardTrack('storyboard.jpg', sprites, durationSeconds))
    await parts.storage.put(`${version.prefix}storyboard.jpg`, picture)
    await parts.storage.put(`${version.prefix}storyboard.vtt`, track)
    return async (tx) => {
      const bytes = track.length + picture.length
      await tx
        .insertInto('files')
        .values({ version_id: version.id, kind: 'storyboard', path: 'storyboard.vtt', bytes })
        .onConflict((conflict) => conflict.columns(['version_id', 'path']).doUpdateSet({ bytes }))
        .execute()
      await recordEvent(tx, version.video_id, 'video.storyboard', { version: version.number })
    }
  },
}

function requireSize(picture: Buffer, { size, count }: StoryboardPayload['sprites']): void {
  const found = readJpegSize(picture)
  const width = size.width * count.width
  const height = size.height * count.height
  if (found && found.width === width && found.height === height) return
  throw new ReelmillError('result_refused', `The storyboard is not a JPEG of ${width}×${height}.`)
}
