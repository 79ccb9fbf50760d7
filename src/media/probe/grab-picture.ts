import { ReelmillError } from '#errors/reelmill-error.ts'
import { type InputSource, inputArguments } from '../ffmpeg/input-arguments.ts'
import { refuseBroken, toFfmpegError } from '../ffmpeg/outcome.ts'
import type { Programs } from '../ffmpeg/programs.ts'
import { readBytes } from '../ffmpeg/read-text.ts'
import { spawnFfmpeg } from '../ffmpeg/run.ts'
import type { VideoStream } from './media-info.ts'

export interface PictureRequest {
  readonly source: InputSource
  readonly demuxer: string
  readonly video: VideoStream
  /** On the source's own clock: `originSeconds` is the begin. */
  readonly atSeconds: number
  /** Pixels; the height follows. Default: as shown, at most 1280. */
  readonly width?: number
  readonly signal?: AbortSignal
  readonly programs?: Programs
}

const usualWidth = 1280
const timeoutMs = 60_000
const pictureLimitBytes = 32 * 1024 ** 2

/**
 * One picture of a video as a JPEG: turned, with square pixels, deinterlaced, HDR toned down. Where
 * there is none at that time the first that can be decoded is taken. Throws `source_damaged` when
 * there is none at all.
 */
export async function grabPicture(request: PictureRequest): Promise<Buffer> {
  // A key frame near there is as good, and saves decoding all that leads to the very time.
  const seek = ['-skip_frame', 'nokey', '-noaccurate_seek', '-seek_timestamp', '1']
  seek.push('-ss', request.atSeconds.toFixed(6))
  const picture = (await grab(request, seek)) ?? (await grab(request, []))
  if (picture) return picture
  throw new ReelmillError('source_damaged', 'No picture of the video can be decoded.')
}

async function grab(request: PictureRequest, seek: readonly string[]): Promise<Buffer | null> {
  const { source, demuxer, video, signal, programs } = request
  const run = spawnFfmpeg(
    [
      ...seek,
      ...inputArguments(source, demuxer),
      '-map',
      `0:${video.index}`,
      '-vf',
      listPictureFilters(video, request.width).join(','),
      '-frames:v',
      '1',
      '-c:v',
      'mjpeg',
      '-q:v',
      '3',
      '-f',
      'image2pipe',
      'pipe:1',
    ],
    {
      pipes: 1,
      timeoutMs,
      network: source.kind === 'http',
      ...(signal ? { signal } : {}),
      ...(programs ? { programs } : {}),
    },
  )
  const [picture, outcome] = await Promise.all([
    readBytes(run.pipes[0], pictureLimitBytes),
    run.done,
  ])
  refuseBroken(outcome)
  if (outcome.isCanceled || outcome.timedOut) throw toFfmpegError(outcome, 'Taking a picture')
  return picture.length > 0 ? picture : null
}

/** ffmpeg's filters from the decoded picture (which ffmpeg has turned already) to the JPEG. */
export function listPictureFilters(video: VideoStream, wish?: number): readonly string[] {
  const width = makeEven(Math.min(wish ?? usualWidth, video.width))
  const height = makeEven((width * video.height) / video.width)
  return [
    ...(video.interlaced ? ['yadif'] : []),
    `scale=${width}:${height}`,
    ...(video.hdr ? toneMapFilters(video.hdr) : []),
    'setsar=1',
    'format=yuvj420p',
  ]
}

/** HDR to BT.709 by the Hable curve; files that do not say so have BT.2020 primaries. */
export function toneMapFilters(hdr: 'pq' | 'hlg'): readonly string[] {
  const transfer = hdr === 'pq' ? 'smpte2084' : 'arib-std-b67'
  return [
    `zscale=tin=${transfer}:pin=bt2020:min=bt2020nc:t=linear:npl=100`,
    'format=gbrpf32le',
    'zscale=p=bt709',
    'tonemap=tonemap=hable:desat=0',
    'zscale=t=bt709:m=bt709:r=tv',
  ]
}

function makeEven(pixels: number): number {
  return Math.max(2, Math.round(pixels / 2) * 2)
}
