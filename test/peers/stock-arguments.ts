import type { StockProbe } from './stock-probe.ts'
import type { StockHabits } from './stock-release.ts'

/** What is asked of one rendition. */
export interface Target {
  /** Short side in pixels; 0: sound alone. */
  readonly resolution: number
  readonly fps: number
}

interface Encoding {
  readonly habits: StockHabits
  readonly source: StockProbe
  readonly target: Target
}

/** Bits per pixel by the highest listed resolution that is not above; below all, a fixed rate. */
const steps = [144, 240, 360, 480, 720, 1080, 1440, 2160]
const average = { bits: [0.19, 0.17, 0.15, 0.12, 0.11, 0.1, 0.09, 0.08], fallback: 192_000 }
const maximum = { bits: [0.32, 0.29, 0.26, 0.22, 0.19, 0.17, 0.16, 0.14], fallback: 256_000 }
const low = { bits: steps.map(() => 0.02), fallback: 10_000 }

/** `-threads`, as configured by default. */
const threads = '2'

/** Arguments before the output of any encode (runner protocol 5.8). */
export const generalArguments: readonly string[] = [
  ...['-threads', threads, '-max_muxing_queue_size', '1024', '-map_metadata', '-1'],
  ...['-pix_fmt', 'yuv420p'],
]

/** Pictures scaled and encoded: x264 veryfast, a capped rate, a key frame every two seconds. */
export function videoArguments(encoding: Encoding): string[] {
  const { habits, target } = encoding
  const rate = maximumRate(encoding)
  const byFilter = habits.setsFrameRateBy === 'filter'
  const scale = scaleFilter(encoding)
  return [
    ...['-vcodec', 'libx264'],
    ...['-vf', byFilter ? `${scale},fps=fps=${target.fps}` : scale],
    ...(byFilter ? [] : ['-r', String(target.fps)]),
    ...['-preset', 'veryfast', '-maxrate:v', String(rate), '-bufsize:v', String(2 * rate)],
    ...['-b_strategy', '1', '-bf', '16', '-g:v', String(2 * target.fps)],
  ]
}

/** Sound: copied where that is allowed and it is good, else AAC in stereo. */
export function audioArguments(source: StockProbe, mayCopy: boolean): string[] {
  const { audio } = source
  if (!audio) return ['-an']
  if (mayCopy && isGoodSound(audio)) return ['-acodec', 'copy']
  return ['-acodec', 'aac', '-channel_layout', 'stereo', ...audioRate(audio)]
}

/** Whether an HLS job may take all of its input as it is (runner protocol 5.8). */
export function isReadyForHls({ habits, source, target }: Encoding): boolean {
  const { video, audio } = source
  if (!habits.copiesAllInHls || !video) return false
  const isSame = Math.min(video.width, video.height) === target.resolution
  return (
    isSame &&
    Math.abs(video.fps - target.fps) < 0.01 &&
    video.codec === 'h264' &&
    video.pixelFormat === 'yuv420p' &&
    video.bitRate <= rateFor(maximum, target, source) &&
    (audio === null || isGoodSound(audio))
  )
}

/** One fragmented file and the playlist of its byte ranges, side by side in one folder. */
export function hlsArguments(folder: string, name: string): string[] {
  return [
    ...['-hls_time', '4', '-hls_list_size', '0', '-hls_playlist_type', 'vod'],
    ...['-hls_segment_filename', `${folder}/${name}-fragmented.mp4`],
    ...['-hls_segment_type', 'fmp4', '-f', 'hls', '-hls_flags', 'single_file'],
  ]
}

function isGoodSound({ codec, layout, bitRate }: NonNullable<StockProbe['audio']>): boolean {
  return (
    codec === 'aac' &&
    bitRate !== null &&
    bitRate <= 384_000 &&
    layout !== null &&
    layout !== 'quad'
  )
}

function audioRate({ codec, bitRate }: NonNullable<StockProbe['audio']>): string[] {
  if (codec === 'flac') return ['-b:a', '384k']
  if (bitRate === null) return ['-b:a', '256k']
  if (codec === 'aac' && bitRate <= 384_000) return []
  return ['-b:a', String(Math.min(384_000, bitRate))]
}

function scaleFilter({ source, target }: Encoding): string {
  const isPortrait = source.video !== null && source.video.height > source.video.width
  return isPortrait ? `scale=w=${target.resolution}:h=-2` : `scale=w=-2:h=${target.resolution}`
}

function maximumRate({ source, target }: Encoding): number {
  const usual = rateFor(average, target, source)
  const input = source.video?.bitRate ?? 0
  const capped = input > 0 ? Math.min(usual, Math.floor(1.3 * input)) : usual
  return Math.max(capped, rateFor(low, target, source))
}

function rateFor(
  { bits, fallback }: typeof average,
  { resolution, fps }: Target,
  { video }: StockProbe,
): number {
  const bitsPerPixel = bits[steps.findLastIndex((each) => each <= resolution)]
  if (bitsPerPixel === undefined) return fallback
  const ratio = video ? video.width / video.height : 16 / 9
  const otherSide = ratio < 1 ? resolution / ratio : resolution * ratio
  return Math.floor(resolution * otherSide * fps * bitsPerPixel)
}
