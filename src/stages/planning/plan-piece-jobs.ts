import type { WebVideoPayload } from '#jobs/file-payload.ts'
import type { AudioRendition, Grid, VideoRendition } from '#jobs/payload.ts'
import type { Piece } from '#jobs/piece.ts'
import { planPieceRate } from './pieces.ts'
import type { ChunkPlan } from './plan.ts'

/** A piece as planning orders it, for any runner that knows whole files. */
export interface PlannedPieceJob {
  readonly type: 'vod-web-video-transcoding'
  readonly priority: number
  readonly label: string
  /** What runners are told, but for the addresses. */
  readonly payload: Omit<WebVideoPayload, 'input'>
  /** What the server keeps to itself: which piece it is. */
  readonly privatePayload: { readonly piece: Piece } | { readonly sound: string }
  readonly encoders: readonly string[]
  readonly weight: number
}

/**
 * The openings come first, as those of chunks do; the rest after all chunks, so that our own runners
 * do what only they can before they help with pieces.
 */
const priorities = { opening: 0, sound: 1, rest: 1000 } as const

/** The jobs of those renditions of a plan that are made of pieces: a segment of a rendition each. */
export function planPieceJobs({ grid, video, audio, ...plan }: ChunkPlan): PlannedPieceJob[] {
  const renditions = video.filter(({ madeOf }) => madeOf === 'pieces').toReversed()
  const pieces = grid
    ? listSegments(grid).flatMap((number) =>
        renditions.map((rendition) =>
          orderPiece(grid, rendition, number, plan.piecesRendered !== undefined),
        ),
      )
    : []
  const sounds = audio.filter(({ madeOf }) => madeOf === 'pieces').map(orderSound)
  return [...pieces, ...sounds]
}

function listSegments({ frames, segmentFrames }: Grid): number[] {
  return Array.from({ length: Math.ceil((frames ?? 0) / segmentFrames) }, (_, number) => number)
}

function orderPiece(
  grid: Grid,
  rendition: VideoRendition,
  segment: number,
  isRendered: boolean,
): PlannedPieceJob {
  const { name, width, height, encoder } = rendition
  const firstFrame = segment * grid.segmentFrames
  const frames = Math.min(grid.segmentFrames, (grid.frames ?? 0) - firstFrame)
  const framesPerSecond = planPieceRate(grid)
  const place = { segment, firstFrame, frames, framesPerSecond }
  const piece: Piece = { rendition: name, ...place, ...(isRendered ? { isRendered } : {}) }
  return {
    type: 'vod-web-video-transcoding',
    priority: segment === 0 ? priorities.opening : priorities.rest + segment,
    label: `piece ${segment}, ${name}`,
    payload: { output: { resolution: Math.min(width, height), fps: framesPerSecond } },
    privatePayload: { piece },
    encoders: encoder.name === 'libx264' ? [] : [encoder.name],
    weight: width * height * frames,
  }
}

function orderSound({ name }: AudioRendition): PlannedPieceJob {
  return {
    type: 'vod-web-video-transcoding',
    priority: priorities.sound,
    label: `sound, ${name}`,
    payload: { output: { resolution: 0, fps: 0 } },
    privatePayload: { sound: name },
    encoders: [],
    weight: 1,
  }
}
