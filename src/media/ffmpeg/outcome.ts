import { ReelmillError } from '#errors/reelmill-error.ts'

/** How a run of ffmpeg or ffprobe ended. Failure is data: only the caller knows what it means. */
export interface Outcome {
  /** Ended by itself with exit code 0. */
  readonly ok: boolean
  /** null when a signal ended it. */
  readonly exitCode: number | null
  readonly signal: string | null
  /** Stopped by us because the wall-clock limit was reached. */
  readonly timedOut: boolean
  /** Stopped by us because the caller wanted so: `kill()` or its AbortSignal. */
  readonly isCanceled: boolean
  /**
   * The network failed for good while the source was read. ffmpeg takes that for the end of the
   * source, and may end well.
   */
  readonly inputBroken: boolean
  /** The last 20 lines of warnings and errors, without paths and addresses of memory. */
  readonly stderrTail: readonly string[]
  readonly durationMs: number
  /** User and system time. A lower bound for a run that did not end by itself. */
  readonly cpuSeconds: number
  /** Largest resident set; 0 where it could not be read. */
  readonly peakMemoryBytes: number
}

/** A failed outcome as an error of ours, for callers who expected nothing but success. */
export function toFfmpegError(outcome: Outcome, doing: string): ReelmillError {
  const { exitCode, signal, stderrTail } = outcome
  const details = { exitCode, signal, ffmpeg: stderrTail }
  if (outcome.timedOut) {
    return new ReelmillError('ffmpeg_timed_out', `${doing} took longer than it may.`, { details })
  }
  if (outcome.isCanceled) return new ReelmillError('cancelled', `${doing} was stopped.`)
  return new ReelmillError('ffmpeg_failed', `${doing} failed.`, { details })
}

/**
 * Refuses an outcome whose input broke off: what came of it is about a part of the source.
 *
 * @throws ReelmillError `server_unreachable`.
 */
export function refuseBroken({ inputBroken, stderrTail }: Outcome): void {
  if (!inputBroken) return
  throw new ReelmillError('server_unreachable', 'The source could not be read to its end.', {
    details: { ffmpeg: stderrTail },
  })
}
