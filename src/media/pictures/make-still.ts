import { toFfmpegError } from '../ffmpeg/outcome.ts'
import type { Programs } from '../ffmpeg/programs.ts'
import { readBytes } from '../ffmpeg/read-text.ts'
import { spawnFfmpeg } from '../ffmpeg/run.ts'

interface Wanted {
  readonly width: number
  readonly height: number
  readonly signal: AbortSignal
  readonly programs: Programs
}

const timeoutMs = 30_000
const limitBytes = 4 * 1024 ** 2

/** A plain dark picture as a JPEG: what is shown where sound has no picture of its own. */
export async function makeStill({ width, height, signal, programs }: Wanted): Promise<Buffer> {
  const source = `color=c=0x202428:s=${width}x${height}`
  const made = ['-frames:v', '1', '-c:v', 'mjpeg', '-q:v', '3', '-f', 'image2pipe', 'pipe:1']
  const run = spawnFfmpeg(['-f', 'lavfi', '-i', source, ...made], {
    pipes: 1,
    timeoutMs,
    signal,
    programs,
  })
  const [picture, outcome] = await Promise.all([readBytes(run.pipes[0], limitBytes), run.done])
  if (picture.length === 0) throw toFfmpegError(outcome, 'Drawing a picture')
  return picture
}
