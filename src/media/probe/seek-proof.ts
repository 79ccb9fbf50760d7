import { type InputSource, inputArguments } from '../ffmpeg/input-arguments.ts'
import { refuseBroken } from '../ffmpeg/outcome.ts'
import { readText } from '../ffmpeg/read-text.ts'
import { type RunOptions, spawnFfprobe } from '../ffmpeg/run.ts'
import { toNumber } from '../rational.ts'
import type { VideoStream } from './media-info.ts'
import { parsePacketLine } from './packet-scan.ts'
import { firstSeekablePts, type Packet, type PacketStats } from './packet-stats.ts'

/** Containers that keep an index; in the others ffmpeg guesses from bytes per second. */
const indexed = new Set(['mov', 'matroska'])

/** True for containers in which seeking is worth a proof. */
export function isIndexed(demuxer: string): boolean {
  return indexed.has(demuxer)
}

/** What is known of the stream's packets, and where known the times of all its key pictures. */
export interface SeekExpectation {
  readonly stats: PacketStats
  readonly keys: ReadonlySet<number> | null
  /** Where the rest of the file is not there yet: no seek goes further than to this. */
  readonly untilSeconds?: number
}

const points = [0, 0.25, 0.5, 0.75, 1]
const slackSeconds = 1

/**
 * Proves on this very file that a seek lands on a key frame at or before the time asked for, and
 * not earlier than its longest GOP: at the begin (of a film that was trimmed, at its first key picture
 * that is shown), the quarters and the last picture, in one run of ffprobe. Resolves with null when proven, else with the reason.
 */
export async function proveSeek(
  { source, demuxer }: { readonly source: InputSource; readonly demuxer: string },
  video: VideoStream,
  { stats, keys, untilSeconds = Number.POSITIVE_INFINITY }: SeekExpectation,
  options: Pick<RunOptions, 'signal' | 'programs'>,
): Promise<string | null> {
  const doubt = doubtCodec(video) ?? doubtTimes(stats)
  if (doubt !== null) return doubt
  const wanted = listPoints(video, stats, untilSeconds)
  const intervals = wanted.map((seconds) => `${seconds.toFixed(6)}%+#1`).join(',')
  const run = spawnFfprobe(
    [
      // The packets' own words are enough: without decoding, a 4K film is opened in a third of the time.
      '-nofind_stream_info',
      '-select_streams',
      String(video.index),
      '-read_intervals',
      intervals,
      '-of',
      'csv=p=0',
      '-show_entries',
      'packet=stream_index,pts,dts,duration,flags',
      ...inputArguments(source, demuxer),
    ],
    { ...options, timeoutMs: 60_000, network: source.kind === 'http' },
  )
  const [text, outcome] = await Promise.all([readText(run.pipes[0]), run.done])
  refuseBroken(outcome)
  if (!outcome.ok) return 'seeking failed'
  const landings = text.split('\n').flatMap((line) => parsePacketLine(line)?.packet ?? [])
  return judgeLandings(landings, wanted, video, { stats, keys })
}

function judgeLandings(
  landings: readonly Packet[],
  wanted: readonly number[],
  video: VideoStream,
  { stats, keys }: SeekExpectation,
): string | null {
  if (landings.length !== wanted.length) return 'seeking found nothing'
  const tickSeconds = toNumber(video.timeBase)
  const earliest = stats.maxKeyGap * tickSeconds + slackSeconds
  for (const [index, { pts, isKey }] of landings.entries()) {
    if (!isKey || pts === null) return 'seeking lands beside key frames'
    if (keys && !keys.has(pts)) return 'the tables tell other times'
    const late = (wanted[index] ?? 0) - pts * tickSeconds
    if (late < -1e-6 || late > earliest) return 'seeking lands elsewhere'
  }
  return null
}

/** Every picture of these is marked as a key, and is painted over the one before it. */
const paintedCodecs = ['gif', 'apng']

function doubtCodec({ codec }: VideoStream): string | null {
  return paintedCodecs.includes(codec) ? `${codec} has no real key frames` : null
}

function doubtTimes(stats: PacketStats): string | null {
  if (stats.keyframes === 0) return 'there is no key frame'
  if (!stats.isMonotonic) return 'the times run backwards'
  if (stats.hasHiddenKey && stats.hidesBetween) return 'an edit list hides pictures in the middle'
  return stats.timeless > 0 ? 'pictures have no time' : null
}

/** Seconds on the source's clock, rounded up to ffmpeg's microseconds: never before the picture. */
function listPoints(video: VideoStream, stats: PacketStats, untilSeconds: number): number[] {
  const first = firstSeekablePts(stats) ?? 0
  const last = Math.min(stats.maxPts ?? first, untilSeconds / toNumber(video.timeBase))
  return points.map((part) => {
    const ticks = first + (last - first) * part
    return Math.ceil(ticks * toNumber(video.timeBase) * 1e6) / 1e6
  })
}
