import { ReelmillError } from '#errors/reelmill-error.ts'
import { toFfmpegError } from '../ffmpeg/outcome.ts'
import { readText } from '../ffmpeg/read-text.ts'
import { type RunOptions, spawnFfmpeg } from '../ffmpeg/run.ts'

interface Sampled {
  readonly path: string
  readonly durationSeconds: number
  readonly hasVideo: boolean
  /** 0 (inclusive) to 1 (exclusive), anew each time. */
  readonly random?: () => number
}

/** The beginning, and so many places that the runner cannot know beforehand. */
const randomSamples = 2
const framesPerSample = 50
const timeoutMs = 120_000

/**
 * Decodes a file at its beginning and at random places, since boxes may be right around pictures that
 * are not (security.md 3). Something must come out at each: a copy of a source that is damaged here
 * and there is as the source is (runner protocol 5.8).
 *
 * @throws ReelmillError `result_refused` with ffmpeg's last lines; `ffmpeg_…`, `cancelled`.
 */
export async function decodeFileSamples(
  { path, durationSeconds, hasVideo, random = Math.random }: Sampled,
  options: Pick<RunOptions, 'signal' | 'programs'>,
): Promise<void> {
  const places = Array.from({ length: randomSamples }, () => random() * durationSeconds * 0.95)
  for (const seconds of [0, ...places]) {
    const input = ['-f', 'mov', '-protocol_whitelist', 'file', '-i', `file:${path}`]
    const some = hasVideo ? ['-frames:v', String(framesPerSample)] : ['-t', '1']
    const run = spawnFfmpeg(
      ['-ss', seconds.toFixed(3), ...input, ...some, '-f', 'framecrc', 'pipe:1'],
      { ...options, pipes: 1, timeoutMs },
    )
    const [decoded, outcome] = await Promise.all([readText(run.pipes[0]), run.done])
    if (outcome.isCanceled || outcome.timedOut) throw toFfmpegError(outcome, 'Decoding a sample')
    if (/^\d/m.test(decoded)) continue
    throw new ReelmillError(
      'result_refused',
      `The file cannot be decoded at ${seconds.toFixed(1)} seconds.`,
      { details: { ffmpeg: outcome.stderrTail } },
    )
  }
}
