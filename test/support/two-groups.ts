import { encodePictures, frameTicks, gopFrames } from '#media/boxes/clip.test-support.ts'
import { rewriteFragment } from '#media/boxes/rewrite-fragment.ts'
import { writeInit } from '#media/boxes/write-init.ts'
import { writeSegment } from '#media/boxes/write-segment.ts'
import { chunkJob } from './protocol-server.ts'

const leadTicks = 2 * frameTicks

/** Pictures of the segment that `encodeSecondSegment` makes. */
export const segmentFrames = 20

/** An order of a chunk of two segments, each of two groups of pictures. */
export function orderTwoSegments(): ReturnType<typeof chunkJob> {
  const job = chunkJob(0, 2 * segmentFrames)
  const payload = job.payload as unknown as Record<string, Record<string, unknown>>
  return {
    ...job,
    payload: {
      ...payload,
      grid: { ...payload['grid'], gopFrames, segmentFrames },
      renditions: [
        {
          name: '90p',
          codec: 'h264',
          width: 160,
          height: 90,
          encoder: { reorderFrames: 2, maxrateBps: 1e6, lossless: false },
        },
      ],
    } as unknown as ReturnType<typeof chunkJob>['payload'],
  }
}

/** What a runner hands in of that chunk: the init segment of track 90p, and segment 1. */
export async function encodeSecondSegment(): Promise<{
  readonly init: Buffer
  readonly segment: Buffer
}> {
  const clip = await encodePictures('h264', { firstFrame: segmentFrames, frames: segmentFrames })
  const segment = writeSegment(
    clip.fragments.flatMap((fragment, gop) =>
      rewriteFragment(fragment, {
        sequenceNumber: 1 + gop,
        baseDecodeTime: (segmentFrames + gop * gopFrames) * frameTicks,
        leadTicks,
      }),
    ),
  )
  return { init: writeInit(clip.init, { leadTicks }), segment }
}
