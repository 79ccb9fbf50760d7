import { inputArguments } from '#media/ffmpeg/input-arguments.ts'
import { toneMapFilters } from '#media/probe/grab-picture.ts'
import type { VideoStream } from '#media/probe/media-info.ts'
import { type FileInput, requirePictures } from '../open-input.ts'
import { listRepairs } from '../picture-arguments.ts'
import type { TilePlan } from './plan-tiles.ts'

/** Clocks of containers round: a picture this little after a tile's time is the one meant. */
const toleranceSeconds = 0.002

/** Reads the whole video and makes the sheet of it at once. */
export function buildSheetArguments(input: FileInput, plan: TilePlan, path: string): string[] {
  const video = requirePictures(input)
  const filters = [
    ...listRepairs(video),
    `setpts=PTS-(${input.media.originSeconds + toleranceSeconds})/TB`,
    `fps=fps=1/${plan.intervalSeconds}:start_time=0:round=up`,
    ...listTileFilters(video, plan),
    'tpad=stop=-1:stop_mode=clone',
    `trim=end_frame=${plan.times.length}`,
    tile(plan),
  ]
  return [
    '-copyts',
    ...open(input),
    '-map',
    `0:${video.index}`,
    '-vf',
    filters.join(','),
    ...jpeg(path),
  ]
}

/**
 * Jumps to each of these tiles and writes them one after the other as bare RGB. A seek lands on the
 * key frame at or before the time; the filters keep the picture that is shown at that very time.
 */
export function buildTilesArguments(
  input: FileInput,
  plan: TilePlan,
  { times, path }: { readonly times: readonly number[]; readonly path: string },
): string[] {
  const video = requirePictures(input)
  const { originSeconds } = input.media
  const inputs = times.flatMap((seconds) => {
    const at = Math.max(originSeconds + seconds, 0).toFixed(6)
    return ['-threads', '1', '-noaccurate_seek', '-seek_timestamp', '1', '-ss', at, ...open(input)]
  })
  const chains = times.map((seconds, index) => {
    const filters = [
      ...listRepairs(video),
      `setpts=PTS-(${originSeconds + seconds + toleranceSeconds})/TB`,
      'fps=fps=1:start_time=0:round=up',
      'trim=end_frame=1',
      ...listTileFilters(video, plan),
    ]
    return `[${index}:${video.index}]${filters.join(',')}[t${index}]`
  })
  const labels = times.map((_, index) => `[t${index}]`).join('')
  const graph = [...chains, `${labels}concat=n=${times.length}:v=1:a=0[v]`].join(';')
  const output = ['-fps_mode', 'passthrough', '-c:v', 'rawvideo', '-f', 'rawvideo', `file:${path}`]
  return ['-copyts', ...inputs, '-filter_complex', graph, '-map', '[v]', ...output]
}

/** Makes the sheet of tiles that were written as bare RGB. */
export function buildJoinArguments(tilesPath: string, plan: TilePlan, path: string): string[] {
  const raw = ['-pixel_format', 'rgb24', '-video_size', `${plan.width}x${plan.height}`]
  const input = inputArguments({ kind: 'file', path: tilesPath }, 'rawvideo')
  return [...raw, ...input, '-vf', tile(plan), ...jpeg(path)]
}

function open({ path, demuxer }: FileInput): readonly string[] {
  return inputArguments({ kind: 'file', path }, demuxer)
}

function listTileFilters(video: VideoStream, { width, height }: TilePlan): string[] {
  const toneMap = video.hdr ? toneMapFilters(video.hdr) : []
  return [`scale=${width}:${height}`, ...toneMap, 'setsar=1', 'format=rgb24']
}

function tile({ columns, rows }: TilePlan): string {
  return `tile=${columns}x${rows}`
}

function jpeg(path: string): string[] {
  const picture = ['-frames:v', '1', '-c:v', 'mjpeg', '-pix_fmt', 'yuvj420p', '-q:v', '2']
  return [...picture, '-an', '-f', 'image2', '-update', '1', `file:${path}`]
}
