import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { Programs } from '#media/ffmpeg/programs.ts'
import { spawnFfmpeg } from '#media/ffmpeg/run.ts'
import type { Track, TrackSegment } from '#media/tracks/track.ts'

interface Options {
  readonly tracks: readonly Track[]
  /** Reads a file of the output: "720p/init.mp4". */
  readonly read: (path: string) => Promise<Buffer>
  /** An empty folder. */
  readonly scratch: string
  /** 0 (inclusive) to 1 (exclusive), anew each time. */
  readonly random: () => number
  readonly signal: AbortSignal
  readonly programs: Programs
}

/** One segment of a track is decoded for every so many, at least one. */
const segmentsPerSample = 100
const framesPerSample = 50

/**
 * Decodes randomly chosen segments of every track, since a runner may hand in boxes that are right
 * around pictures that are not.
 *
 * @throws ReelmillError `output_refused`, naming the segment, with ffmpeg's last lines.
 */
export async function decodeSamples(options: Options): Promise<void> {
  for (const track of options.tracks) {
    for (const segment of chooseSamples(track.segments, options.random)) {
      await decodeSegment(options, track, segment)
    }
  }
}

function chooseSamples(segments: readonly TrackSegment[], random: () => number): TrackSegment[] {
  const count = Math.max(1, Math.floor(segments.length / segmentsPerSample))
  const chosen = Array.from({ length: count }, () => Math.floor(random() * segments.length))
  return segments.filter((_, index) => chosen.includes(index))
}

async function decodeSegment(options: Options, track: Track, segment: TrackSegment): Promise<void> {
  const { read, scratch, signal, programs } = options
  const file = join(scratch, 'sample.mp4')
  const parts = [
    await read(`${track.name}/init.mp4`),
    await read(`${track.name}/${segment.number}.m4s`),
  ]
  await writeFile(file, Buffer.concat(parts))
  const input = ['-xerror', '-f', 'mov', '-protocol_whitelist', 'file', '-i', `file:${file}`]
  // Of pictures the first GOP, which is what a player needs to start there; a second of sound.
  const some = track.kind === 'video' ? ['-frames:v', String(framesPerSample)] : ['-t', '1']
  const output = [...some, '-f', 'null', '-']
  const run = spawnFfmpeg([...input, ...output], { signal, programs, timeoutMs: 120_000 })
  const outcome = await run.done
  await rm(file, { force: true })
  if (outcome.ok) return
  signal.throwIfAborted()
  throw new ReelmillError(
    'output_refused',
    `Segment ${segment.number} of ${track.name} cannot be decoded.`,
    { details: { ffmpeg: outcome.stderrTail } },
  )
}
