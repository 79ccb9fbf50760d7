import { readFile, stat } from 'node:fs/promises'
import type { RunOptions } from '../ffmpeg/run.ts'
import { measureRuns } from '../tracks/bit-rates.ts'
import { checkWholeFileResult, type ExpectedFile } from './check-result.ts'
import { decodeFileSamples } from './decode-samples.ts'
import { type InspectedFile, inspectSegments } from './inspect-segments.ts'
import type { SingleFileTrack } from './master.ts'
import { type ProbedResult, probeResult } from './probe-result.ts'
import { readSingleFilePlaylist } from './read-playlist.ts'
import { refuseResult } from './refuse-result.ts'
import { measureTarget } from './write-playlist.ts'

type Options = Pick<RunOptions, 'signal' | 'programs'>

/**
 * Proves that an MP4 is what was ordered and can be decoded, and tells what it is.
 *
 * @throws ReelmillError `result_refused` with the reasons; `ffmpeg_…`, `cancelled`.
 */
export async function examineFile(
  path: string,
  expected: ExpectedFile,
  options: Options = {},
): Promise<ProbedResult> {
  const probed = await probeResult(path, options)
  const reasons = checkWholeFileResult(expected, probed)
  if (reasons.length > 0) {
    refuseResult(`The file is not what was ordered. ${reasons.join(' ')}`, { reasons })
  }
  const { durationSeconds, video } = probed
  await decodeFileSamples({ path, durationSeconds, hasVideo: video !== null }, options)
  return probed
}

/** An HLS file that was proven, with all that is written of it. */
export interface ExaminedHls extends InspectedFile {
  readonly probed: ProbedResult
  /** EXT-X-TARGETDURATION that its playlist needs at least. */
  readonly targetDurationSeconds: number
  /** What the multivariant playlist tells, but for its name there. */
  readonly track: Omit<SingleFileTrack, 'playlistName'>
}

/** Text that is longer is refused before it is read. */
const maxPlaylistBytes = 8 * 1024 ** 2

/**
 * Proves that a fragmented MP4 and its playlist are what was ordered (runner protocol 2.2).
 *
 * @throws ReelmillError `result_refused` with the reasons; `ffmpeg_…`, `cancelled`.
 */
export async function examineHls(
  paths: { readonly media: string; readonly playlist: string },
  expected: ExpectedFile,
  options: Options = {},
): Promise<ExaminedHls> {
  const [media, playlist] = await Promise.all([stat(paths.media), stat(paths.playlist)])
  if (playlist.size > maxPlaylistBytes) refuseResult('The playlist is larger than any could be.')
  const sent = readSingleFilePlaylist(await readFile(paths.playlist, 'utf8'), media.size)
  const inspected = await inspectSegments(paths.media, sent)
  const probed = await examineFile(paths.media, expected, options)
  return {
    ...inspected,
    probed,
    targetDurationSeconds: measureTarget(inspected.playlist),
    track: describeTrack(inspected, probed),
  }
}

function describeTrack(
  { playlist, videoCodecs, audioCodecs, independent }: InspectedFile,
  { video, audio }: ProbedResult,
): ExaminedHls['track'] {
  const parts = playlist.segments.map(({ seconds, length }) => ({
    durationTicks: seconds,
    bytes: length,
  }))
  return {
    video: video && {
      width: video.codedWidth,
      height: video.codedHeight,
      // A copy of a source whose rate varies has none that could be declared.
      fps: video.variableFrameRate ? null : video.fps,
      codecs: videoCodecs ?? video.codecs,
    },
    audio: audio && { codecs: audioCodecs ?? audio.codecs, channels: audio.channels },
    ...measureRuns(parts, 1, measureTarget(playlist)),
    independent,
  }
}
