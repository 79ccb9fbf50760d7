import { type InputSource, inputArguments } from '../ffmpeg/input-arguments.ts'
import { refuseBroken, toFfmpegError } from '../ffmpeg/outcome.ts'
import type { Programs } from '../ffmpeg/programs.ts'
import { readText } from '../ffmpeg/read-text.ts'
import { pipeUrl, spawnFfmpeg } from '../ffmpeg/run.ts'

interface Request {
  readonly source: InputSource
  readonly demuxer: string
  /** Indices of the text streams in the file. */
  readonly streams: readonly number[]
  /** Seconds on the source's clock that become 0. */
  readonly originSeconds: number
  readonly timeoutMs: number
  readonly signal: AbortSignal
  readonly programs: Programs
}

/**
 * The text streams of a source as WebVTT, in the order asked for: one reading of the file for all.
 *
 * @throws ReelmillError `ffmpeg_failed` when they cannot be read as text.
 */
export async function extractSubtitles(request: Request): Promise<string[]> {
  const { source, demuxer, streams, originSeconds, ...options } = request
  const run = spawnFfmpeg(
    [
      '-copyts',
      ...inputArguments(source, demuxer),
      ...streams.flatMap((stream, index) => [
        ...['-map', `0:${stream}`, '-c:s', 'webvtt', '-output_ts_offset', String(-originSeconds)],
        ...['-f', 'webvtt', pipeUrl(index)],
      ]),
    ],
    { ...options, pipes: streams.length, network: source.kind === 'http' },
  )
  const texts = await Promise.all(run.pipes.map((pipe) => readText(pipe)))
  const outcome = await run.done
  refuseBroken(outcome)
  if (!outcome.ok) throw toFfmpegError(outcome, 'Reading the subtitles')
  return texts
}
