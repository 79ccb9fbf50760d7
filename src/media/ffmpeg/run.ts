import { PassThrough, type Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { execa } from 'execa'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { readConfinement } from './confinement.ts'
import { childEnvironment } from './environment.ts'
import type { Outcome } from './outcome.ts'
import { defaultPrograms, type Programs } from './programs.ts'
import { type Progress, parseProgress } from './progress.ts'
import { listSecrets } from './secrets.ts'
import { keepStderrTail } from './stderr-tail.ts'
import { maxUsage, noUsage, readUsage } from './usage.ts'

export interface RunOptions {
  /** How many streams the program writes for us: `pipeUrl(0)` … `pipeUrl(pipes - 1)`. Default 0. */
  readonly pipes?: number
  /** What it reads as `pipe:0`, such as a pipe of another run. Default: nothing. */
  readonly input?: Readable
  readonly signal?: AbortSignal
  /** Wall-clock limit; it must follow from the work. Default: none. */
  readonly timeoutMs?: number
  /** ffmpeg only: called about twice a second. */
  readonly onProgress?: (progress: Progress) => void
  /** Set for input from our own signed addresses; else the network is taken away where possible. */
  readonly network?: boolean
  readonly cwd?: string
  /** How much it gives way to other programs, 0 (default) to 19. */
  readonly niceness?: number
  readonly programs?: Programs
}

/** A running ffmpeg or ffprobe. */
export interface Run {
  /**
   * What it writes, in the order of `pipeUrl`. Read all of them at the same time: ffmpeg waits for
   * the slowest. A stream ends when the program ends, however it ends: believe what was read only
   * when `done` says `ok`. Destroying one (as leaving a `for await` does) makes ffmpeg fail.
   */
  readonly pipes: readonly Readable[]
  /**
   * Settles when the process is gone and its pipes are read to the end (or it was stopped). Rejects
   * only with `ffmpeg_missing`.
   */
  readonly done: Promise<Outcome>
  /** `inputBroken` of the outcome, as it stands now: true before what was made up for the rest comes. */
  isInputBroken(): boolean
  /** Ends the process and its children at once, with SIGKILL: `done` says `isCanceled`. */
  kill(): void
}

/** The output file name of the pipe with that index: 0 is standard output, 1 is descriptor 3, … */
export function pipeUrl(index: number): string {
  return index === 0 ? 'pipe:1' : `pipe:${index + 2}`
}

/**
 * Starts ffmpeg with arguments that name inputs, filters and outputs; what every run needs (no
 * questions, no banner, levels in its messages, progress, cost) is added here.
 */
export function spawnFfmpeg(args: readonly string[], options: RunOptions = {}): Run {
  const file = (options.programs ?? defaultPrograms).ffmpeg
  const common = ['-nostdin', '-hide_banner', '-nostats', '-loglevel', 'level+info', '-benchmark']
  const progress = options.onProgress ? ['-progress', pipeUrl(options.pipes ?? 0)] : []
  return spawnProgram(file, [...common, ...progress, ...args], options)
}

/** Starts ffprobe; what it prints is read from the one pipe. */
export function spawnFfprobe(
  args: readonly string[],
  options: Omit<RunOptions, 'pipes' | 'onProgress'> = {},
): Run {
  const file = (options.programs ?? defaultPrograms).ffprobe
  const common = ['-hide_banner', '-loglevel', 'level+warning']
  return spawnProgram(file, [...common, ...args], { ...options, pipes: 1 })
}

function spawnProgram(file: string, args: readonly string[], options: RunOptions): Run {
  const startedAtMs = performance.now()
  const pipeCount = options.pipes ?? 0
  const child = startChild(file, args, options)
  const process = child.nodeChildProcess
  const tail = keepStderrTail(listSecrets(args))
  child.stderr.setEncoding('utf8').on('data', tail.take)

  // Whichever of the two ends first: how they ended is told by their outcomes.
  if (options.input && child.stdin) pipeline(options.input, child.stdin).catch(() => undefined)
  const outputs = listOutputs(child)
  const pipes = outputs.slice(0, pipeCount).map((output) => passOn(output))
  const progressOutput = outputs[pipeCount]
  if (options.onProgress && progressOutput) {
    progressOutput.setEncoding('utf8').on('data', parseProgress(options.onProgress))
  }

  let usage = noUsage
  let stoppedFor: 'timeout' | 'cancel' | null = null
  const readNow = (): void => {
    if (child.pid !== undefined) usage = maxUsage(usage, readUsage(child.pid))
  }
  const stop = (reason: 'timeout' | 'cancel'): void => {
    if (stoppedFor !== null || process.exitCode !== null || process.signalCode !== null) return
    stoppedFor = reason
    readNow()
    child.kill('SIGKILL')
  }
  // The outputs end when the process is about to be gone, and a zombie can still be asked.
  for (const output of outputs) output.once('end', readNow)
  process.once('exit', () => {
    if (stoppedFor !== null) for (const output of outputs) drain(output)
  })

  const finish = async (): Promise<Outcome> => {
    const release = stopOn(options, stop)
    const result = await child
    release()
    if (isMissing(result)) throw new ReelmillError('ffmpeg_missing', undefined, { cause: result })
    const { lines, cpuSeconds, peakMemoryBytes } = tail.finish()
    return {
      ok: result.exitCode === 0 && stoppedFor === null,
      exitCode: result.exitCode ?? null,
      signal: result.signal ?? null,
      timedOut: stoppedFor === 'timeout',
      isCanceled: stoppedFor === 'cancel',
      inputBroken: tail.isInputBroken(),
      stderrTail: lines,
      durationMs: performance.now() - startedAtMs,
      cpuSeconds: Math.max(cpuSeconds ?? 0, usage.cpuSeconds),
      peakMemoryBytes: Math.max(peakMemoryBytes ?? 0, usage.peakMemoryBytes),
    }
  }
  const done = finish()
  // Whoever reads the pipes first awaits this later: until then its failure is not unhandled.
  done.catch(() => undefined)
  return { pipes, done, isInputBroken: tail.isInputBroken, kill: () => stop('cancel') }
}

function startChild(file: string, args: readonly string[], options: RunOptions) {
  const { forFiles, forNetwork } = readConfinement()
  const confined = options.network ? forNetwork : forFiles
  const words = [...confined, ...giveWay(options.niceness), file, ...args]
  const extra = (options.pipes ?? 0) + (options.onProgress ? 1 : 0)
  const more = Array<'pipe'>(Math.max(0, extra - 1)).fill('pipe')
  return execa(words[0] ?? file, words.slice(1), {
    stdio: [options.input ? 'pipe' : 'ignore', extra > 0 ? 'pipe' : 'ignore', 'pipe', ...more],
    encoding: 'buffer',
    buffer: false,
    reject: false,
    killDescendants: true,
    extendEnv: false,
    env: childEnvironment(),
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  })
}

/** nice(1) replaces itself by the program, as the words of the confinement do. */
function giveWay(niceness = 0): readonly string[] {
  return niceness > 0 ? ['nice', '-n', String(niceness)] : []
}

/** Standard output and the descriptors after standard error. */
function listOutputs(child: { readonly stdio: readonly unknown[] }): readonly Readable[] {
  return [child.stdio[1], ...child.stdio.slice(3)].filter((stream) => stream !== null) as Readable[]
}

/**
 * A stream of our own behind the process's: execa throws away what nobody reads within one turn of
 * the event loop, ours waits for its reader.
 */
function passOn(output: Readable): Readable {
  const stream = new PassThrough()
  output.pipe(stream)
  // A process that died leaves a short stream, not a broken one: `done` tells.
  output.once('close', () => stream.end())
  output.once('error', () => stream.end())
  stream.once('close', () => output.destroy())
  return stream
}

/** Lets go of bytes that nobody may be reading any more, so that nothing waits for them. */
function drain(output: Readable): void {
  output.unpipe()
  output.resume()
}

function stopOn(
  { signal, timeoutMs }: RunOptions,
  stop: (reason: 'timeout' | 'cancel') => void,
): () => void {
  const cancel = (): void => stop('cancel')
  const timer = timeoutMs === undefined ? undefined : setTimeout(stop, timeoutMs, 'timeout')
  signal?.addEventListener('abort', cancel, { once: true })
  if (signal?.aborted) cancel()
  return () => {
    clearTimeout(timer)
    signal?.removeEventListener('abort', cancel)
  }
}

/**
 * The programs of util-linux end with 127 when they cannot find what they should run, and with 126
 * when it is no program or not ours to run.
 */
function isMissing(result: {
  readonly exitCode?: number | undefined
  readonly code?: string | undefined
}) {
  const { code = '', exitCode = null } = result
  return ['ENOENT', 'EACCES'].includes(code) || exitCode === 126 || exitCode === 127
}
