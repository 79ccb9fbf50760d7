import { toNumber } from '../rational.ts'
import { describeAudio, describeSubtitle } from './audio-stream.ts'
import { cleanTags } from './clean-text.ts'
import { type RawHeader, readField, readNumberField } from './header.ts'
import type { AudioStream, MediaInfo, VideoStream } from './media-info.ts'
import type { PacketStats } from './packet-stats.ts'
import { pickStreams, readIndex } from './streams.ts'
import { describeVideo } from './video-stream.ts'

export interface Findings {
  readonly demuxer: string
  readonly header: RawHeader
  readonly packets: ReadonlyMap<number, PacketStats>
  readonly sizeBytes: number
}

/**
 * Header and packets as a MediaInfo, pure. `access` is `sequential` until seeking is proven. The
 * streams that carry nothing decodable are left out.
 */
export function describeMedia({ demuxer, header, packets, sizeBytes }: Findings): MediaInfo {
  const used = pickStreams(header)
  const stats = used.video ? packets.get(readIndex(used.video)) : undefined
  const isThere = stats !== undefined && stats.packets + stats.timeless > 0
  const video = used.video && isThere ? describeVideo(used.video, stats) : null
  const audio = used.audio
    .filter((stream) => (packets.get(readIndex(stream))?.packets ?? 0) > 0)
    .map((stream) => describeAudio(stream, packets.get(readIndex(stream))))
  const media: MediaInfo = {
    demuxer,
    container: readField(header.format, 'format_name') ?? demuxer,
    sizeBytes,
    claimedDurationSeconds: readNumberField(header.format, 'duration'),
    ...measureSpan(video, audio),
    bitRate: readNumberField(header.format, 'bit_rate'),
    video,
    audio,
    subtitles: used.subtitles.map(describeSubtitle),
    tags: readTags(header),
    access: 'sequential',
    remarks: [],
  }
  return { ...media, remarks: [...(stats ? remarkOn(stats) : []), ...remarkOnLength(media)] }
}

/** Sound that begins this little before the first picture is cut rather than shown a held picture. */
const earlierSoundSeconds = 0.1

/**
 * The origin is the earliest start. But where sound is only a few frames early, as by an encoder's
 * delay that the container does not take back, the first picture is the origin: so each picture of
 * the source is one of the output.
 */
function measureSpan(video: VideoStream | null, audio: readonly AudioStream[]) {
  const starts = audio.map((stream) => stream.startSeconds)
  const ends = audio.map((stream) => stream.startSeconds + (stream.durationSeconds ?? 0))
  if (video) {
    starts.push(video.startPts * toNumber(video.timeBase))
    ends.push(video.endPts * toNumber(video.timeBase))
  }
  const earliest = starts.length > 0 ? Math.min(...starts) : 0
  const picture = video ? video.startPts * toNumber(video.timeBase) : earliest
  const originSeconds = picture - earliest <= earlierSoundSeconds ? picture : earliest
  return { originSeconds, durationSeconds: Math.max(0, ...ends.map((end) => end - originSeconds)) }
}

function readTags(header: RawHeader): Record<string, string> {
  const { tags } = header.format
  return typeof tags === 'object' && tags !== null ? cleanTags({ ...tags }) : {}
}

/** More than a tenth and a second apart: the file breaks off, or its header was never finished. */
function remarkOnLength({ claimedDurationSeconds: claimed, durationSeconds }: MediaInfo): string[] {
  if (claimed === null || Math.abs(claimed - durationSeconds) < 1 + durationSeconds / 10) return []
  const [said, held] = [claimed, durationSeconds].map((seconds) => seconds.toFixed(1))
  return [`The file says that it lasts ${said} seconds; it holds ${held}.`]
}

function remarkOn(stats: PacketStats): string[] {
  const remarks: string[] = []
  if (stats.undecodable > 0) {
    remarks.push(`${stats.undecodable} pictures before the first key frame cannot be decoded.`)
  }
  if (stats.timeless > 0) remarks.push(`${stats.timeless} pictures have no time.`)
  if (!stats.isMonotonic) remarks.push('The times of the pictures run backwards.')
  return remarks
}
