import { ReelmillError } from '#errors/reelmill-error.ts'
import { type InputSource, inputArguments } from '../ffmpeg/input-arguments.ts'
import { refuseBroken, toFfmpegError } from '../ffmpeg/outcome.ts'
import { type RunOptions, spawnFfmpeg } from '../ffmpeg/run.ts'

interface Verification {
  readonly source: InputSource
  readonly demuxer: string
  /** Indices of the streams that will be used; nobody cares for the others. */
  readonly streams: readonly number[]
  readonly durationSeconds: number
}

/** Decoding at less than a quarter of real time is a hang, not work. */
const slowestShare = 0.25
const leastTimeoutMs = 120_000

/**
 * Decodes streams from the first to the last picture and sample and keeps nothing (P-43, U21). The
 * first thing that cannot be decoded ends it: ffmpeg itself tells that by how it ends (`-xerror`), for
 * error lines alone do not. Times that do not rise, or a stream that begins between two key frames,
 * give hundreds of them in files that play well (WP10).
 *
 * @throws ReelmillError `source_damaged` with ffmpeg's last lines, which trying again cannot change
 * (WP14); `ffmpeg_timed_out`, `cancelled`, `server_unreachable`.
 */
export async function verifyDecoding(
  { source, demuxer, streams, durationSeconds }: Verification,
  options: Pick<RunOptions, 'signal' | 'programs'>,
): Promise<void> {
  const outcome = await spawnFfmpeg(
    [
      '-xerror',
      ...inputArguments(source, demuxer),
      ...streams.flatMap((index) => ['-map', `0:${index}`]),
      '-f',
      'null',
      '-',
    ],
    {
      ...options,
      timeoutMs: Math.max(leastTimeoutMs, (durationSeconds / slowestShare) * 1000),
      network: source.kind === 'http',
    },
  ).done
  refuseBroken(outcome)
  if (outcome.ok) return
  if (outcome.timedOut || outcome.isCanceled) throw toFfmpegError(outcome, 'Checking the file')
  throw new ReelmillError('source_damaged', 'A part of the file cannot be decoded.', {
    details: { ffmpeg: outcome.stderrTail },
  })
}
