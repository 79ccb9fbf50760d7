import { execa } from 'execa'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { engineEnvironment } from '#media/ffmpeg/environment.ts'
import { keepStderrTail } from '#media/ffmpeg/stderr-tail.ts'
import { maxUsage, noUsage, readUsage } from '#media/ffmpeg/usage.ts'
import type { Workplace } from '../encode-file.ts'

interface EngineRun {
  readonly path: string
  readonly args: readonly string[]
  readonly timeoutMs: number
}

/**
 * Runs the program that writes down what is said. It is the operator's own and only ever reads a
 * WAV file that ffmpeg made here, so it keeps the network (models are fetched) and the user's
 * caches. Throws `transcriber_missing` or `transcriber_failed` with its last lines.
 */
export async function runEngine(place: Workplace, { path, args, timeoutMs }: EngineRun) {
  const startedAtMs = performance.now()
  const words = place.niceness > 0 ? ['nice', '-n', String(place.niceness), path] : [path]
  const [file = path, ...first] = words
  const child = execa(file, [...first, ...args], {
    cwd: place.scratch,
    stdio: ['ignore', 'pipe', 'pipe'],
    buffer: false,
    reject: false,
    killDescendants: true,
    // Fractions are refused.
    timeout: Math.ceil(timeoutMs),
    forceKillAfterDelay: 1000,
    cancelSignal: place.signal,
    extendEnv: false,
    env: engineEnvironment(),
  })
  const tail = keepStderrTail(new Map([[place.scratch, 'scratch']]))
  let usage = noUsage
  const readNow = (): void => {
    if (child.pid !== undefined) usage = maxUsage(usage, readUsage(child.pid))
  }
  child.stderr.setEncoding('utf8').on('data', tail.take).once('end', readNow)
  // Nobody reads what it prints; a full pipe would stop it.
  child.stdout.on('end', readNow).resume()
  const result = await child
  const durationMs = performance.now() - startedAtMs
  place.cost.add({ ...usage, durationMs })
  place.signal.throwIfAborted()
  if (!result.failed) return
  const details = { exitCode: result.exitCode ?? null, engine: tail.finish().lines }
  if (result.code === 'ENOENT' || result.exitCode === 127) {
    throw new ReelmillError('transcriber_missing', undefined, { cause: result, details })
  }
  const sentence = result.timedOut ? 'Writing down what is said took too long.' : undefined
  throw new ReelmillError('transcriber_failed', sentence, { cause: result, details })
}
