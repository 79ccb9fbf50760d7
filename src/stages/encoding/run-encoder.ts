import type { Readable } from 'node:stream'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { type Outcome, toFfmpegError } from '#media/ffmpeg/outcome.ts'
import { type RunOptions, spawnFfmpeg } from '#media/ffmpeg/run.ts'
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
  { args, renditions, collect, doing, ...options }: Encoding<R, T>,
): Promise<Encoded<T>> {
  const stop = new AbortController()
  const run = spawnFfmpeg(args, {
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
