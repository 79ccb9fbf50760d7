import { toneMapFilters } from '#media/probe/grab-picture.ts'
import type { VideoStream } from '#media/probe/media-info.ts'
import { listRepairs } from '../picture-arguments.ts'
import { soundFilters } from '../sound-arguments.ts'

/** Size and rate that a studio job keeps from its first task to its last. */
export interface Canvas {
  /** Even. */
  readonly width: number
  readonly height: number
  /** As ffmpeg reads it: "30000/1001". */
  readonly rate: string
  readonly fps: number
}

/** A graph for `-filter_complex` whose outputs are `[v]` and, where there is sound, `[a]`. */
export interface TaskGraph {
  readonly chains: readonly string[]
  readonly hasSound: boolean
}

const sampleRate = 48_000

/**
 * Pictures of an input on the canvas: as large as fits, in the middle, on black; from 0, at the
 * canvas's rate. `specifier` is ffmpeg's: "0:0".
 */
export function placePictures(specifier: string, video: VideoStream, canvas: Canvas): string {
  const { width, height } = fitInto(video, canvas)
  const isSmaller = width < canvas.width || height < canvas.height
  return `[${specifier}]${[
    ...listRepairs(video),
    `scale=w=${width}:h=${height}`,
    ...(video.hdr ? [...toneMapFilters(video.hdr), 'format=yuv420p'] : []),
    ...(isSmaller ? [`pad=${canvas.width}:${canvas.height}:-1:-1:color=black`] : []),
    'setsar=1',
    `fps=fps=${canvas.rate}:start_time=0`,
    'format=yuv420p',
  ].join(',')}`
}

/** The largest even size of these proportions within the canvas. */
export function fitInto(
  { width, height }: Pick<VideoStream, 'width' | 'height'>,
  canvas: Pick<Canvas, 'width' | 'height'>,
): { readonly width: number; readonly height: number } {
  const scale = Math.min(canvas.width / width, canvas.height / height)
  const fit = (side: number, most: number) =>
    Math.min(most, Math.max(2, Math.round((side * scale) / 2) * 2))
  return { width: fit(width, canvas.width), height: fit(height, canvas.height) }
}

/** Sound of an input: stereo, from 0, its holes filled. */
export function placeSound(specifier: string): string {
  const format = `aformat=sample_fmts=fltp:sample_rates=${sampleRate}:channel_layouts=stereo`
  return `[${specifier}]${soundFilters},${format}`
}

/** Silence of that length, where one part has sound and another none. */
export function makeSilence(seconds: number): string {
  const format = `aformat=sample_fmts=fltp:sample_rates=${sampleRate}:channel_layouts=stereo`
  return `anullsrc=r=${sampleRate}:cl=stereo,atrim=duration=${seconds.toFixed(6)},${format}`
}

/** Joins parts, each given by the labels of its pictures and sound, into `[v]` and `[a]`. */
export function joinParts(
  parts: readonly { readonly video: string; readonly audio: string }[],
  hasSound: boolean,
): string {
  const labels = parts.map(({ video, audio }) => (hasSound ? video + audio : video)).join('')
  const outputs = hasSound ? '[v][a]' : '[v]'
  return `${labels}concat=n=${parts.length}:v=1:a=${hasSound ? 1 : 0}${outputs}`
}
