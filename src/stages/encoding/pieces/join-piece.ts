import { ReelmillError } from '#errors/reelmill-error.ts'
import type { PieceOrder } from '#jobs/piece.ts'
import { inspectInit } from '#media/boxes/inspect-init.ts'
import { type InspectedSegment, inspectSegment } from '#media/boxes/inspect-segment.ts'
import { writeTrackInit } from '#media/mp4/write-track-init.ts'
import { joinPictures } from '#media/pieces/join-pictures.ts'
import { pinLevel } from '#media/pieces/pin-level.ts'
import { placeReturned, readReturned } from '#media/pieces/place-returned.ts'
import { toNumber } from '#media/rational.ts'
import { limitBytes } from '../inspect-ordered.ts'

/** What became of a piece. */
export interface JoinedPiece {
  /** Of the track: that of every other piece must hold the same parameter sets. */
  readonly init: Buffer
  readonly segment: Buffer
  /** What is recorded of the segment. */
  readonly inspected: InspectedSegment
}

/** Seconds between key frames that runners of whole files are told (runner protocol 5.8). */
const keySeconds = 2

/**
 * Makes a segment of a track of the MP4 that a runner made of a piece's small source file. Only coded
 * pictures and the encoder's parameter sets are taken from it; everything else is written anew, on
 * the clock of the grid, and then checked as a segment of our own runners is.
 *
 * @throws ReelmillError `segment_refused`, saying what is wrong.
 */
export function joinPiece(order: PieceOrder, bytes: Buffer): JoinedPiece {
  const { grid, piece, rendition } = order
  refuseLargePiece(order, bytes.length)
  const maxBytes = limitPiece(order)
  const returned = readReturned(bytes, piece.frames)
  const { frameTicks } = grid
  const leadTicks = rendition.encoder.reorderFrames * frameTicks
  const init = writePieceInit(order, returned.sampleEntry, leadTicks)
  const parsed = readPieceInit(order, init, leadTicks)
  const pictures = placeReturned(bytes, returned, piece)
  const segment = joinPictures({ pictures, firstFrame: piece.firstFrame, frameTicks, leadTicks })
  const inspected = inspectSegment(segment, {
    init: parsed,
    baseDecodeTime: piece.firstFrame * frameTicks,
    samples: piece.frames,
    frameTicks,
    gopFrames: keySeconds * piece.framesPerSecond,
    anyGops: true,
    maxBytes,
  })
  return { init, segment, inspected }
}

/** Refuses a file that is larger than a piece can be; to be asked before it is read into memory. */
export function refuseLargePiece(order: PieceOrder, sizeBytes: number): void {
  const maxBytes = limitPiece(order)
  if (sizeBytes <= maxBytes) return
  throw new ReelmillError('segment_refused', 'The file is too large.', { details: { maxBytes } })
}

function limitPiece({ grid, piece, rendition }: PieceOrder): number {
  return limitBytes(rendition.encoder.maxrateBps, piece.frames / toNumber(grid.frameRate))
}

function writePieceInit(order: PieceOrder, sampleEntry: Buffer, leadTicks: number): Buffer {
  const { grid, picture, rendition } = order
  if (!rendition.encoder.level) throw new TypeError('the level of a rendition of pieces is planned')
  const size = { width: rendition.width, height: rendition.height }
  const pinned = pinLevel(sampleEntry, rendition.encoder.level)
  const look = { color: picture.color, pixelAspect: [1, 1] } as const
  return writeTrackInit(
    { track: { kind: 'video', ...size }, timescale: grid.timescale, sampleEntry: pinned },
    { leadTicks, look },
  )
}

function readPieceInit({ grid, rendition }: PieceOrder, init: Buffer, leadTicks: number) {
  const { codec, width, height } = rendition
  const { timescale } = grid
  const parsed = inspectInit(init, { codec, width, height, timescale, leadTicks })
  if (parsed.kind !== 'video' || parsed.nalLengthBytes !== 4) {
    throw new ReelmillError('segment_refused', 'The lengths in the pictures have not four bytes.')
  }
  return parsed
}
