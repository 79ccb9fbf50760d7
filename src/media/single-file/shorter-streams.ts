import type { MediaInfo } from '../probe/media-info.ts'
import { toNumber } from '../rational.ts'

/**
 * Seconds by which a file of only these kinds of streams may be shorter than the source: sound may
 * end, or begin, long before or after the pictures. Of several sounds the shortest counts, for who
 * makes the file chooses one.
 */
export function measureShorter(
  { durationSeconds, video, audio }: MediaInfo,
  { hasVideo, hasAudio }: { readonly hasVideo: boolean; readonly hasAudio: boolean },
): number {
  const lengths = [
    ...(hasVideo ? [video ? measurePictures(video) : durationSeconds] : []),
    ...(hasAudio ? [Math.min(...audio.map((one) => one.durationSeconds ?? durationSeconds))] : []),
  ]
  const longest = Math.max(...lengths.filter(Number.isFinite))
  return Number.isFinite(longest) ? Math.max(0, durationSeconds - longest) : 0
}

function measurePictures({ startPts, endPts, timeBase }: NonNullable<MediaInfo['video']>): number {
  return (endPts - startPts) * toNumber(timeBase)
}
