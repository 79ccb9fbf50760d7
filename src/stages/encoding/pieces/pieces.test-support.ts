import { execa } from 'execa'
import type { PieceOrder } from '#jobs/piece.ts'
import type { MediaInfo } from '#media/probe/media-info.ts'
import { probeFile } from '#stages/probing/probe.ts'
import { planPieceRate, planPieceRendition } from '../../planning/pieces.ts'
import type { ChunkPlan } from '../../planning/plan.ts'
import { planVersion } from '../../planning/plan-version.ts'
import { buildPictureFilters } from '../picture-filters.ts'

const limits = {
  sourceMaxBytes: 1e9,
  sourceMaxPixels: 1e8,
  sourceMaxSeconds: 1e4,
  sourceMaxFrames: 1e6,
  sourceMaxStreams: 64,
  sourceMaxFps: 1000,
}

/** A source, examined and planned with one rendition of that height in segments of a second. */
export interface PlannedSource {
  readonly path: string
  readonly media: MediaInfo
  readonly plan: ChunkPlan
}

/** Probes as the server does, taking the readable copy where the source itself is none. */
export async function planSource(
  path: string,
  scratch: string,
  { height, frameRateMax = 60 }: { readonly height: number; readonly frameRateMax?: number },
): Promise<PlannedSource> {
  const { media, readablePath } = await probeFile({ path, scratch, limits })
  const rung = { height, crf: 23, maxrateKbps: 2000, preset: 'veryfast' }
  const profile = { name: 'pieces', gopSeconds: 1, segmentSeconds: 1, frameRateMax, video: [rung] }
  return {
    path: readablePath ?? path,
    media,
    plan: planVersion(media, profile, { own: 1, slots: 1, stock: 0 }),
  }
}

/** One order for each segment of the only rendition. */
export function listOrders({ media, plan }: PlannedSource): PieceOrder[] {
  const { grid, picture } = plan
  const [planned] = plan.video
  if (!grid?.frames || !picture || !media.video || !planned) throw new TypeError('no pictures')
  const { demuxer, originSeconds, sizeBytes } = media
  const input = { demuxer, originSeconds, sizeBytes, videoStream: media.video.index }
  const { frames, segmentFrames } = grid
  const resolution = Math.min(planned.width, planned.height)
  const framesPerSecond = planPieceRate(grid)
  const rendition = planPieceRendition(planned.name, media.video, resolution, framesPerSecond)
  return Array.from({ length: Math.ceil(frames / segmentFrames) }, (_, segment) => {
    const firstFrame = segment * segmentFrames
    const piece = {
      rendition: rendition.name,
      segment,
      firstFrame,
      frames: Math.min(segmentFrames, frames - firstFrame),
      framesPerSecond,
    }
    return { input, grid, picture, rendition, piece }
  })
}

/** How versions of the stock runner bring pictures to a size and rate (runner protocol 5.8). */
export const stockVersions = ['fps filter', '-r'] as const
export type StockVersion = (typeof stockVersions)[number]

/** The arguments by which a stock runner makes pictures out of its input. */
export function stockPictures(order: PieceOrder, version: StockVersion): string[] {
  const { width, height } = order.rendition
  const scale = width < height ? `scale=w=${width}:h=-2` : `scale=w=-2:h=${height}`
  const fps = order.piece.framesPerSecond
  const rate =
    version === '-r' ? ['-vf', scale, '-r', `${fps}`] : ['-vf', `${scale},fps=fps=${fps}`]
  return ['-pix_fmt', 'yuv420p', ...rate]
}

/** The MD5 of every picture that the whole source has on the grid, never seeking. */
export function hashChain({ path, media, plan }: PlannedSource): Promise<string[]> {
  const { grid, picture, video } = plan
  if (!grid || !picture || !media.video) throw new TypeError('no pictures')
  const input = { ...media, videoStream: media.video.index }
  const chunk = { firstFrame: 0, frames: grid.frames, tailFrames: 0 }
  const filters = buildPictureFilters({ input, grid, chunk, picture, renditions: video })
  const read = ['-copyts', '-f', media.demuxer, '-i', path, '-filter_complex', filters]
  return hashPictures([...read, '-map', '[v0]', '-pix_fmt', 'yuv420p', '-vsync', 'passthrough'])
}

/** The MD5 of every picture that comes out of ffmpeg with these arguments. */
export async function hashPictures(args: readonly string[]): Promise<string[]> {
  const { stdout } = await execa(
    'ffmpeg',
    ['-v', 'error', '-nostdin', ...args, '-f', 'framemd5', '-'],
    { maxBuffer: 2 ** 28 },
  )
  return [...stdout.matchAll(/^0,.*,\s*([0-9a-f]{32})$/gm)].map(([, hash]) => hash ?? '')
}

const stockMuxer = ['-f', 'mp4', '-movflags', 'faststart', '-max_muxing_queue_size', '1024']

/** Encodes a piece's small file exactly as a stock runner does, into `output`. */
export async function encodeAsStock(
  order: PieceOrder,
  { version, rateBps, input, output }: StockEncoding,
): Promise<void> {
  const keys = 2 * order.piece.framesPerSecond
  await execa('ffmpeg', [
    ...['-v', 'error', '-nostdin', '-y', '-i', input],
    ...['-vcodec', 'libx264', '-threads', '2', ...stockMuxer, '-map_metadata', '-1'],
    ...stockPictures(order, version),
    ...['-preset', 'veryfast', '-maxrate:v', `${rateBps}`, '-bufsize:v', `${2 * rateBps}`],
    ...['-b_strategy', '1', '-bf', '16', '-g:v', `${keys}`, output],
  ])
}

interface StockEncoding {
  readonly version: StockVersion
  /** The cap that the runner works out from resolution, rate and input. */
  readonly rateBps: number
  readonly input: string
  readonly output: string
}
