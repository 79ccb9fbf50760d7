import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { type Outcome, toFfmpegError } from '#media/ffmpeg/outcome.ts'
import type { Programs } from '#media/ffmpeg/programs.ts'
import { spawnFfmpeg } from '#media/ffmpeg/run.ts'
import type { Track, TrackSegment } from '#media/tracks/track.ts'

interface Options {
  readonly tracks: readonly Track[]
  /** Reads a file of the output: "720p/init.mp4". */
  readonly read: (path: string) => Promise<Buffer>
  /** An empty folder, whose owner removes what is put there. */
  readonly scratch: string
  /** 0 (inclusive) to 1 (exclusive), anew each time. */
  readonly random: () => number
  readonly signal: AbortSignal
  readonly programs: Programs
}

/** A segment that was chosen. */
interface Sample {
  readonly track: Track
  readonly segment: TrackSegment
}

/** One segment of a track is decoded for every so many, at least one. */
const segmentsPerSample = 100
const framesPerSample = 50
/** So many are decoded by one ffmpeg: to start it takes as long as to decode one of them. */
const samplesAtOnce = 16
const timeoutMs = 120_000

/**
 * Decodes randomly chosen segments of every track, since a runner may hand in boxes that are right
 * around pictures that are not.
 *
 * @throws ReelmillError `output_refused`, naming the segment, with ffmpeg's last lines.
 */
export async function decodeSamples(options: Options): Promise<void> {
  const samples = options.tracks.flatMap((track) => chooseSamples(track, options.random))
  for (let from = 0; from < samples.length; from += samplesAtOnce) {
    const some = samples.slice(from, from + samplesAtOnce)
    const outcome = await decode(options, some)
    if (!outcome.ok) throw await findBroken(options, some, outcome)
  }
}

function chooseSamples(track: Track, random: () => number): Sample[] {
  const { segments } = track
  const count = Math.max(1, Math.floor(segments.length / segmentsPerSample))
  const chosen = Array.from({ length: count }, () => Math.floor(random() * segments.length))
  return segments
    .filter((_, index) => chosen.includes(index))
    .map((segment) => ({ track, segment }))
}

async function decode(
  { read, scratch, signal, programs }: Options,
  samples: readonly Sample[],
): Promise<Outcome> {
  const files = samples.map((_, index) => join(scratch, `sample-${index}.mp4`))
  for (const [index, { track, segment }] of samples.entries()) {
    const paths = ['init.mp4', `${segment.number}.m4s`].map((name) => `${track.name}/${name}`)
    const parts = await Promise.all(paths.map((path) => read(path)))
    await writeFile(files[index] ?? '', Buffer.concat(parts))
  }
  const inputs = files.flatMap((file) => {
    return ['-f', 'mov', '-protocol_whitelist', 'file', '-i', `file:${file}`]
  })
  // Of pictures the first GOP, which is what a player needs to start there; a second of sound.
  const outputs = samples.flatMap(({ track }, index) => [
    ...['-map', `${index}:0`],
    ...(track.kind === 'video' ? ['-frames:v', String(framesPerSample)] : ['-t', '1']),
    ...['-f', 'null', '-'],
  ])
  const args = ['-xerror', ...inputs, ...outputs]
  return spawnFfmpeg(args, { signal, programs, timeoutMs }).done
}

/** Which of them it was that could not be decoded: each is tried alone. */
async function findBroken(
  options: Options,
  samples: readonly Sample[],
  together: Outcome,
): Promise<ReelmillError> {
  for (const sample of samples) {
    const outcome = samples.length === 1 ? together : await decode(options, [sample])
    options.signal.throwIfAborted()
    if (outcome.ok) continue
    return new ReelmillError(
      'output_refused',
      `Segment ${sample.segment.number} of ${sample.track.name} cannot be decoded.`,
      { details: { ffmpeg: outcome.stderrTail } },
    )
  }
  return toFfmpegError(together, 'Decoding samples')
}
