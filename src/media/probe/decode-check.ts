import { ReelmillError } from '#errors/reelmill-error.ts'
import { type InputSource, inputArguments } from '../ffmpeg/input-arguments.ts'
import { refuseBroken } from '../ffmpeg/outcome.ts'
import { readText } from '../ffmpeg/read-text.ts'
import { type RunOptions, spawnFfprobe } from '../ffmpeg/run.ts'

/** What the first decoded pictures say that no header can. */
export interface FirstPictures {
  readonly interlaced: boolean
  readonly pixelFormat: string | null
}

/**
 * Enough packets for a picture at the usual depth, without the search that was made for the header;
 * then enough for a damaged beginning.
 */
const attempts = [
  { packets: 4, opening: ['-nofind_stream_info'] },
  { packets: 400, opening: [] },
]

/**
 * Decodes the beginning of a video stream. Throws `source_damaged` with ffprobe's last lines when
 * not one picture comes out: nothing would come out of an encoder later either.
 */
export async function decodeFirstPictures(
  { source, demuxer }: { readonly source: InputSource; readonly demuxer: string },
  index: number,
  options: Pick<RunOptions, 'signal' | 'programs'>,
): Promise<FirstPictures> {
  let tail: readonly string[] = []
  for (const { packets, opening } of attempts) {
    const run = spawnFfprobe(
      [
        ...opening,
        '-select_streams',
        String(index),
        '-read_intervals',
        `%+#${packets}`,
        '-of',
        'csv=p=0',
        '-show_entries',
        'frame=width,pix_fmt,interlaced_frame',
        ...inputArguments(source, demuxer),
      ],
      { ...options, timeoutMs: 60_000, network: source.kind === 'http' },
    )
    const [text, outcome] = await Promise.all([readText(run.pipes[0]), run.done])
    refuseBroken(outcome)
    const pictures = text.split('\n').flatMap(parsePicture)
    if (pictures.length > 0) {
      const interlaced = pictures.every((picture) => picture.interlaced)
      return { interlaced, pixelFormat: pictures[0]?.pixelFormat ?? null }
    }
    tail = outcome.stderrTail
  }
  throw new ReelmillError('source_damaged', 'No picture of the video can be decoded.', {
    details: { ffmpeg: tail },
  })
}

/** "160,yuv420p,0": width, pixel format, interlaced. */
function parsePicture(line: string): FirstPictures[] {
  const [width, pixelFormat, interlaced] = line.split(',')
  if (!/^\d+$/.test(width ?? '') || pixelFormat === undefined) return []
  return [{ pixelFormat, interlaced: interlaced === '1' }]
}
