import { ReelmillError } from '#errors/reelmill-error.ts'
import { inputArguments } from '../ffmpeg/input-arguments.ts'
import type { Programs } from '../ffmpeg/programs.ts'
import { readBytes } from '../ffmpeg/read-text.ts'
import { spawnFfmpeg } from '../ffmpeg/run.ts'

interface Wanted {
  readonly path: string
  /** As found from its bytes. */
  readonly demuxer: string
  /** The box that it must fit into, in pixels; a smaller picture stays as it is. */
  readonly width: number
  readonly height: number
  readonly signal: AbortSignal
  readonly programs: Programs
}

const timeoutMs = 30_000
const limitBytes = 8 * 1024 ** 2

/** A picture as a JPEG that fits into a box. Fails with `source_damaged` where it cannot be decoded. */
export async function fitPicture(wanted: Wanted): Promise<Buffer> {
  const { path, demuxer, width, height, signal, programs } = wanted
  const scale = `scale=w='min(${width},iw)':h='min(${height},ih)':force_original_aspect_ratio=decrease:force_divisible_by=2`
  const made = ['-frames:v', '1', '-c:v', 'mjpeg', '-q:v', '3', '-f', 'image2pipe', 'pipe:1']
  const run = spawnFfmpeg(
    [
      ...inputArguments({ kind: 'file', path }, demuxer),
      ...['-map_metadata', '-1', '-vf', `${scale},format=yuvj420p`],
      ...made,
    ],
    { pipes: 1, timeoutMs, signal, programs },
  )
  const [picture, outcome] = await Promise.all([readBytes(run.pipes[0], limitBytes), run.done])
  if (outcome.ok && picture.length > 0) return picture
  throw new ReelmillError('source_damaged', 'The picture is damaged.')
}
