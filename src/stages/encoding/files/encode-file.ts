import { stat } from 'node:fs/promises'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { type Outcome, toFfmpegError } from '#media/ffmpeg/outcome.ts'
import { spawnFfmpeg } from '#media/ffmpeg/run.ts'
import type { CostCounter } from './cost.ts'
import type { FileWorkContext } from './file-work.ts'

/** One run of ffmpeg that writes a file. */
export interface Encoding {
  readonly args: readonly string[]
  /** What it writes, looked for afterwards. */
  readonly path: string
  /** For people, when it fails: "Encoding". */
  readonly doing: string
  /** Seconds of output that make the whole. */
  readonly seconds: number
  /** Longest that it may take, in milliseconds. */
  readonly timeoutMs: number
  /** Which part of the job's progress it is; default: all. */
  readonly part?: Part
}

/** The place of a step among those of a job: 0 of 3. */
export interface Part {
  readonly index: number
  readonly count: number
}

/** What every whole-file work runs ffmpeg with. */
export type Workplace = Pick<
  FileWorkContext<unknown>,
  'scratch' | 'signal' | 'programs' | 'niceness' | 'report'
> & { readonly cost: CostCounter }

/**
 * Runs one ffmpeg in the job's folder, with progress. Fails with `source_damaged` when nothing came
 * out of a source, with `disk_full`, or as ffmpeg did.
 */
export async function encodeFile(place: Workplace, encoding: Encoding): Promise<void> {
  const { signal, programs, niceness, cost, report } = place
  const { args, doing, seconds, timeoutMs, part = { index: 0, count: 1 } } = encoding
  signal.throwIfAborted()
  let reachedSeconds = 0
  let frames = 0
  const run = spawnFfmpeg(['-y', ...args], {
    ...{ signal, programs, niceness, timeoutMs },
    cwd: place.scratch,
    onProgress: ({ outTimeSeconds, frame }) => {
      frames = frame
      reachedSeconds = Math.max(reachedSeconds, outTimeSeconds ?? 0)
      const share = seconds > 0 ? Math.min(1, reachedSeconds / seconds) : 0
      report((part.index + share) / part.count)
    },
  })
  const outcome = await run.done
  cost.add(outcome)
  const gotSome = reachedSeconds > 0 || frames > 0
  if (!outcome.ok) throw explainFailure(outcome, doing, gotSome)
  if (!gotSome || !(await isWritten(encoding.path))) throw damaged(outcome)
}

/** What this machine lacks, in ffmpeg's words: no source is to blame for it. */
const faultsOfHere =
  /No such file or directory|Permission denied|Cannot allocate memory|Unknown encoder|No such filter|Too many open files/

/** Nothing decoded is the file's fault, anything else is looked at by people. */
function explainFailure(outcome: Outcome, doing: string, gotSome: boolean): ReelmillError {
  const { stderrTail, timedOut, isCanceled, signal } = outcome
  if (stderrTail.some((line) => line.includes('No space left on device'))) {
    return new ReelmillError('disk_full', undefined, { details: { ffmpeg: stderrTail } })
  }
  const isHere = stderrTail.some((line) => faultsOfHere.test(line))
  const isOurs = gotSome || timedOut || isCanceled || signal !== null || isHere
  return isOurs ? toFfmpegError(outcome, doing) : damaged(outcome)
}

function damaged({ stderrTail }: Outcome): ReelmillError {
  return new ReelmillError('source_damaged', undefined, { details: { ffmpeg: stderrTail } })
}

async function isWritten(path: string): Promise<boolean> {
  const stats = await stat(path).catch(() => null)
  return stats !== null && stats.size > 0
}
