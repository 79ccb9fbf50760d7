import type { MediaInfo } from '../probe/media-info.ts'
import { findUsualDelta, type PacketStats } from '../probe/packet-stats.ts'
import { toNumber } from '../rational.ts'
import { type Arrived, leastOf } from './arrived.ts'

/**
 * Left out of what the packets of a prefix tell: its last packets may be cut off, streams are
 * interleaved unevenly, and where a container tells no decode times they are guessed.
 */
const marginSeconds = 1
const marginPackets = 8

/**
 * How far the streams are there whose packets were read from the beginning of a file. Pictures that
 * follow are decoded later than the last one, so they are shown later too.
 */
export function measureArrivedPackets(
  { video, audio }: Pick<MediaInfo, 'video' | 'audio'>,
  packets: ReadonlyMap<number, PacketStats>,
): Arrived {
  const all = Number.POSITIVE_INFINITY
  const pictures = video
    ? [{ pictureSeconds: measurePictures(packets.get(video.index), video), soundSeconds: all }]
    : []
  const sound = audio.map(({ startSeconds, durationSeconds }) => ({
    pictureSeconds: all,
    soundSeconds: startSeconds + (durationSeconds ?? 0) - marginSeconds,
  }))
  return leastOf([...pictures, ...sound])
}

function measurePictures(
  stats: PacketStats | undefined,
  { timeBase }: NonNullable<MediaInfo['video']>,
): number {
  if (!stats || stats.lastDts === null || !stats.isMonotonic) return Number.NEGATIVE_INFINITY
  const marginTicks = marginPackets * findUsualDelta(stats)
  return (stats.lastDts - marginTicks) * toNumber(timeBase) - marginSeconds
}
