import type { Readable } from 'node:stream'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { type Outcome, toFfmpegError } from '#media/ffmpeg/outcome.ts'
import { type Run, type RunOptions, spawnFfmpeg } from '#media/ffmpeg/run.ts'
import type { HandIn, WorkContext } from './work.ts'

/** Where what was encoded goes. */
export interface Receiver extends HandIn {
  /**
   * Settles when ffmpeg has ended: whether well. The end of a pipe is not the end of what was to come
   * by it, and a rest that is short for that reason would be kept as a segment of full length.
   */
  readonly isWhole: () => Promise<boolean>
}

interface Encoding<R, T> extends Pick<RunOptions, 'timeoutMs' | 'onProgress'> {
  readonly args: readonly string[]
  /** Arguments of an ffmpeg in front, whose only pipe the first reads as `pipe:0`. */
  readonly decoder?: readonly string[]
  /** One per pipe, in the order of the pipes. */
  readonly renditions: readonly R[]
  /** Reads the pipe of a rendition to its end, handing in to `receiver`. */
  readonly collect: (rendition: R, pipe: Readable, receiver: Receiver) => Promise<T>
  /** For people, when it fails: "Encoding". */
  readonly doing: string
}

interface Encoded<T> {
  readonly outcome: Outcome
  readonly collected: readonly T[]
}

/**
 * Runs one ffmpeg whose pipes are all read at the same time. The first that fails ends them all: a
 * refused segment, a job that was taken away, a broken stream. How ffmpeg itself ended is the
 * caller's to judge, but for a source that could not be read: `server_unreachable`.
 */
export async function runEncoder<R, T>(
  { source, signal, programs, niceness, handIn }: WorkContext,
  { args, decoder, renditions, collect, doing, ...options }: Encoding<R, T>,
): Promise<Encoded<T>> {
  const stop = new AbortController()
  const run = startRuns(args, decoder, {
    ...options,
    pipes: renditions.length,
    signal: AbortSignal.any([signal, stop.signal]),
    network: source.kind === 'http',
    programs,
    niceness,
  })
  // What is encoded after the source broke off is its end made up: silence, the last picture held.
  const guarded: Receiver = {
    init: (track, bytes) => handIn.init(track, bytes),
    segment: async (track, number, bytes) => {
      if (run.isInputBroken()) throw brokenSource()
      await handIn.segment(track, number, bytes)
    },
    isWhole: async () => (await run.done).ok,
  }
  const collecting = renditions.map((rendition, index) =>
    collect(rendition, requirePipe(run.pipes, index), guarded),
  )
  try {
    const collected = await Promise.all(collecting)
    const outcome = await run.done
    if (outcome.inputBroken) throw brokenSource(outcome.stderrTail)
    return { outcome, collected }
  } catch (error) {
    stop.abort()
    const outcome = await run.done
    await Promise.allSettled(collecting)
    throw signal.aborted || error instanceof ReelmillError ? error : toFfmpegError(outcome, doing)
  }
}

type Runs = Pick<Run, 'pipes' | 'done' | 'isInputBroken'>

/** One ffmpeg, or two of which the first decodes for the second: told as if they were one. */
function startRuns(
  args: readonly string[],
  decoder: readonly string[] | undefined,
  { onProgress, ...options }: RunOptions,
): Runs {
  const progress = onProgress ? { onProgress } : {}
  if (!decoder) return spawnFfmpeg(args, { ...options, ...progress })
  const front = spawnFfmpeg(decoder, { ...options, pipes: 1 })
  const input = requirePipe(front.pipes, 0)
  const run = spawnFfmpeg(args, { ...options, ...progress, network: false, input })
  const end = async (): Promise<Outcome> => {
    const outcome = await run.done
    // Whoever has all that it needs stops reading, and the one in front fails for that.
    const isRead = input.readableEnded
    front.kill()
    return addOutcome(outcome, await front.done, isRead)
  }
  return { pipes: run.pipes, done: end(), isInputBroken: () => front.isInputBroken() }
}

function addOutcome(outcome: Outcome, front: Outcome, isRead: boolean): Outcome {
  const ok = outcome.ok && (front.ok || !isRead)
  const cpuSeconds = outcome.cpuSeconds + front.cpuSeconds
  const peakMemoryBytes = outcome.peakMemoryBytes + front.peakMemoryBytes
  const { inputBroken } = front
  // The first one's words, where it is to blame.
  const { stderrTail } = outcome.ok && !ok ? front : outcome
  return { ...outcome, ok, cpuSeconds, peakMemoryBytes, inputBroken, stderrTail }
}

/** Nobody's fault but the way's: the job is done again, from wherever the source can be read. */
function brokenSource(ffmpeg: readonly string[] = []): ReelmillError {
  const details = { ffmpeg }
  return new ReelmillError('server_unreachable', 'The source could not be read to its end.', {
    details,
  })
}

function requirePipe(pipes: readonly Readable[], index: number): Readable {
  const pipe = pipes[index]
  if (!pipe) throw new TypeError('a pipe for each rendition was asked for')
  return pipe
}
