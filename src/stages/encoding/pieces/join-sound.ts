import { type FileHandle, open } from 'node:fs/promises'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { aacFrameSamples, countFramesBefore } from '#jobs/audio-grid.ts'
import type { AudioRendition } from '#jobs/payload.ts'
import { buildSegment } from '#media/boxes/build-segment.ts'
import { inspectInit } from '#media/boxes/inspect-init.ts'
import type { InspectedSegment } from '#media/boxes/inspect-segment.ts'
import type { ParsedInit } from '#media/boxes/parse-init.ts'
import { parseMovie } from '#media/mp4/parse-movie.ts'
import type { FileSample } from '#media/mp4/sample-list.ts'
import { stripEntry } from '#media/mp4/strip-entry.ts'
import { writeTrackInit } from '#media/mp4/write-track-init.ts'
import { pickSound } from '#media/pieces/pick-sound.ts'
import { openFile } from '#media/probe/opened-source.ts'
import { readMoov } from '#media/probe/read-moov.ts'
import { describeInit, expectInit, findRendition } from '../expect-init.ts'
import { inspectOrdered, limitBytes } from '../inspect-ordered.ts'
import type { SoundOrder } from './cut-sound-piece.ts'

/** A segment of sound, checked. */
export interface JoinedSegment {
  readonly number: number
  readonly bytes: Buffer
  readonly inspected: InspectedSegment
}

/** What became of a track of sound. */
export interface JoinedSound {
  readonly init: Buffer
  /** In order; read from the file as they are asked for, which must stay until then. */
  readonly segments: AsyncGenerator<JoinedSegment>
}

/** AAC-LC, as every player has it (RFC 6381). */
const lowComplexity = 'mp4a.40.2'
/** What runners of whole files make of sound without loss (runner protocol 5.8). */
const stockBitRateBps = 384_000

/**
 * Makes a track of sound of the MP4 that a runner made of a sound's source file. Only coded frames
 * and the encoder's configuration are taken from it; they are cut on the grid of sound and checked as
 * segments of our own runners are.
 *
 * @throws ReelmillError `segment_refused`, saying what is wrong; also while segments are read.
 */
export async function joinSound(order: SoundOrder, path: string): Promise<JoinedSound> {
  const file = await openFile(path)
  const { sizeBytes: fileBytes } = file
  const rendition = findRendition(order.payload.renditions, order.track)
  const samples = Math.round(order.payload.durationSeconds * rendition.sampleRate)
  refuseLarge(fileBytes, order)
  const maxSamples = Math.ceil(samples / aacFrameSamples) + slackFrames
  const moov = await readMoov(file)
  if (!moov) throw new ReelmillError('segment_refused', 'The file is no whole MP4.')
  const movie = parseMovie(moov, { maxSamples, fileBytes })
  const { init, parsed } = makeInit(order, rendition, movie)
  const frames = pickSound(movie, { samples, leadFrames: 1, frameSamples: aacFrameSamples })
  return { init, segments: cutSegments(order, { parsed, frames, path }) }
}

/** Priming and padding of any encoder of AAC. */
const slackFrames = 16

function refuseLarge(fileBytes: number, { payload }: SoundOrder): void {
  if (fileBytes <= limitBytes(stockBitRateBps, payload.durationSeconds)) return
  throw new ReelmillError('segment_refused', 'The file is too large.', { details: { fileBytes } })
}

function makeInit(
  { payload, track }: SoundOrder,
  { sampleRate }: AudioRendition,
  { sampleEntry, timescale }: ReturnType<typeof parseMovie>,
): { readonly init: Buffer; readonly parsed: ParsedInit } {
  if (timescale !== sampleRate) {
    throw new ReelmillError('segment_refused', 'The clock of the sound is not its sample rate.')
  }
  const ordered = { type: 'vod-audio-encoding', ...payload } as const
  const init = writeTrackInit(
    { track: { kind: 'audio' }, timescale, sampleEntry: stripEntry(sampleEntry, 'mp4a') },
    describeInit(ordered, track),
  )
  const parsed = inspectInit(init, expectInit(ordered, track))
  if (parsed.codecs !== lowComplexity) {
    throw new ReelmillError('segment_refused', 'The sound is another kind of AAC.')
  }
  return { init, parsed }
}

interface Cutting {
  readonly parsed: ParsedInit
  readonly frames: readonly FileSample[]
  readonly path: string
}

async function* cutSegments(
  { payload, track }: SoundOrder,
  { parsed, frames, path }: Cutting,
): AsyncGenerator<JoinedSegment> {
  const { trackId, timescale } = parsed
  const type = 'vod-audio-encoding'
  const file = await open(path)
  try {
    let baseDecodeTime = 0
    for (let number = 0, start = 0; start < frames.length; number++) {
      const end = countFramesBefore(number + 1, payload.segmentSeconds, timescale)
      const own = frames.slice(start, end)
      const samples = await Promise.all(own.map((frame) => readFrame(file, frame)))
      const place = { trackId, sequenceNumber: number + 1, baseDecodeTime }
      const bytes = buildSegment({ ...place, samples })
      const segment = { track, number, bytes, init: parsed }
      yield { number, bytes, inspected: inspectOrdered({ type, ...payload }, segment) }
      baseDecodeTime += own.reduce((sum, { durationTicks }) => sum + durationTicks, 0)
      start = end
    }
  } finally {
    await file.close()
  }
}

async function readFrame(file: FileHandle, { offset, bytes, durationTicks }: FileSample) {
  const data = Buffer.alloc(bytes)
  const { bytesRead } = await file.read(data, 0, bytes, offset)
  if (bytesRead < bytes) throw new ReelmillError('segment_refused', 'The file has become shorter.')
  return { durationTicks, data }
}
