import type { VideoTrack } from '#media/tracks/track.ts'

/** The picture that stands for a video is taken this far into it, past the usual black opening. */
export const usualShare = 0.1
/** A key frame that takes less than this share of the usual bytes shows next to nothing. */
const poorShare = 0.5

/**
 * When the picture is that is to stand for a video, in seconds from its start: after a tenth of it,
 * unless there is next to nothing to be seen just then, as while it fades in; then the nearest key
 * frame that has as much to show as most. How much that is, its bytes tell: nothing is decoded.
 */
export function chooseThumbnailTime(track: VideoTrack): number {
  const gops = listGops(track)
  const end = gops.at(-1)?.endSeconds ?? 0
  const usual = end * usualShare
  const median = gops.map(({ bytes }) => bytes).toSorted((a, b) => a - b)[gops.length >> 1] ?? 0
  const there = gops.find(({ endSeconds }) => usual < endSeconds)
  if (!there || there.bytes >= median * poorShare) return usual
  const distance = (gop: Gop) => Math.abs(gop.startSeconds - usual)
  const rich = gops.filter(({ bytes }) => bytes >= median)
  return rich.toSorted((a, b) => distance(a) - distance(b))[0]?.startSeconds ?? usual
}

interface Gop {
  readonly startSeconds: number
  readonly endSeconds: number
  /** Of its key frame. */
  readonly bytes: number
}

function listGops({ segments, timescale }: VideoTrack): Gop[] {
  let ticks = 0
  return segments
    .flatMap(({ keyframes }) => keyframes)
    .map(({ durationTicks, bytes }) => {
      const startSeconds = ticks / timescale
      ticks += durationTicks
      return { startSeconds, endSeconds: ticks / timescale, bytes }
    })
}
