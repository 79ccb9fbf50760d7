import { type FileHandle, open } from 'node:fs/promises'
import type { PieceOrder } from '#jobs/piece.ts'
import type { InputSource } from '#media/ffmpeg/input-arguments.ts'
import type { RunOptions } from '#media/ffmpeg/run.ts'
import { writeMovie } from '#media/mp4/write-movie.ts'
import { dressEntry } from '#media/pieces/dress-entry.ts'
import { type FrameSpan, placePictures, toFrame } from '#media/pieces/place-pictures.ts'
import { type CodedPictures, readPictures } from '#media/pieces/read-pictures.ts'
import { timeSamples } from '#media/pieces/time-samples.ts'
import { renderPiece } from './render-piece.ts'

const fileType = Buffer.from('\0\0\0\x18ftypisom\0\0\0\0isomiso2', 'latin1')
/** Type and 64 bits of size. */
const longHeaderBytes = 16

/**
 * Writes the small source file of a piece: coded pictures of the source as they are, from the key
 * frame at or before the piece on, and an edit list by which whoever decodes the file sees exactly
 * the frames that a chunk of the whole source has there, each lasting one frame of the grid. So the
 * runner that encodes it need not know anything of grids. Nothing is decoded: a tenth of a second.
 * Where a frame has no picture of its own, or the plan says so, the pictures are made instead
 * (render-piece.ts).
 *
 * @throws ReelmillError `source_ends_early`, `server_unreachable`, `ffmpeg_failed`.
 */
export async function cutPiece(
  order: PieceOrder,
  source: InputSource,
  path: string,
  options: Pick<RunOptions, 'signal' | 'programs'> = {},
): Promise<void> {
  const { isRendered = false } = order.piece
  if (isRendered || !(await copyPiece(order, source, path, options))) {
    await renderPiece(order, source, path, options)
  }
}

/** Resolves with false where pictures would have to be held. */
async function copyPiece(...[order, source, path, options]: Cutting): Promise<boolean> {
  const file = await open(path, 'w')
  try {
    const coded = await readSpan(file, order, source, options)
    const shown = placePictures(coded.pictures, coded.timeBase, toSpan(order))
    if (shown.some((picture, frame) => picture < 0 || picture === shown[frame - 1])) return false
    await writePiece(file, order, coded, shown)
    return true
  } finally {
    await file.close()
  }
}

type Cutting = Required<Parameters<typeof cutPiece>>

const dataOffset = fileType.length + longHeaderBytes
const limitMs = 120_000

function readSpan(
  file: FileHandle,
  order: PieceOrder,
  source: InputSource,
  options: Pick<RunOptions, 'signal' | 'programs'>,
): Promise<CodedPictures> {
  const { input, grid, piece } = order
  const span = toSpan(order)
  const [numerator, denominator] = grid.frameRate
  const seconds = input.originSeconds + (piece.firstFrame * denominator) / numerator
  return readPictures({
    source,
    demuxer: input.demuxer,
    stream: input.videoStream,
    fromSeconds: piece.firstFrame === 0 ? null : seconds,
    file,
    offset: dataOffset,
    isBeyond: ({ pts }, timeBase) => toFrame(pts, timeBase, span) >= piece.frames,
    options: { ...options, timeoutMs: limitMs },
  })
}

async function writePiece(
  file: FileHandle,
  order: PieceOrder,
  { pictures, sampleEntry }: CodedPictures,
  shown: readonly number[],
): Promise<void> {
  const { picture, rendition } = order
  const { samples, edit } = timeSamples({ pictures, shown, frameTicks: 1 })
  const stored = { width: picture.sourceWidth, height: picture.sourceHeight }
  const movie = writeMovie({
    track: { kind: 'video', ...stored },
    timescale: order.piece.framesPerSecond,
    sampleEntry: dressEntry(sampleEntry, { stored, scaled: rendition, color: picture.color }),
    samples,
    offset: dataOffset,
    edit,
  })
  const bytes = samples.reduce((sum, sample) => sum + sample.bytes, 0)
  await file.truncate(dataOffset + bytes)
  await file.write(Buffer.concat([fileType, writeLongHeader('mdat', bytes)]), 0, dataOffset, 0)
  await file.write(movie, 0, movie.length, dataOffset + bytes)
}

function toSpan({ input, grid, piece }: PieceOrder): FrameSpan {
  const { firstFrame, frames } = piece
  return { frameRate: grid.frameRate, originSeconds: input.originSeconds, firstFrame, frames }
}

/** ISO/IEC 14496-12 section 4.2: a size of 1 says that 64 bits of it follow. */
function writeLongHeader(type: string, bytes: number): Buffer {
  const header = Buffer.alloc(longHeaderBytes)
  header.writeUInt32BE(1, 0)
  header.write(type, 4, 'latin1')
  header.writeBigUInt64BE(BigInt(bytes + longHeaderBytes), 8)
  return header
}
