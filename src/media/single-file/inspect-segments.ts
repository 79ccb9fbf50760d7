import { createHash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { StreamFacts, StreamSpan } from '../conformance/measure/facts.ts'
import { readFragments } from '../conformance/measure/read-fragments.ts'
import { readInit } from '../conformance/measure/read-init.ts'
import { countSamples } from './count-samples.ts'
import type { ByteRange, SingleFilePlaylist } from './playlist.ts'
import { refuseResult } from './refuse-result.ts'

/** What the bytes of a fragmented MP4 say, range by range. */
export interface InspectedFile {
  /** The playlist with the durations that the segments really have. */
  readonly playlist: SingleFilePlaylist
  /** SHA-256 in hexadecimal by "START-END", both inclusive; the init section too (runner protocol 6.6). */
  readonly hashes: Readonly<Record<string, string>>
  /** RFC 6381 as the file configures its decoders; null without such a stream, or of an unknown kind. */
  readonly videoCodecs: string | null
  readonly audioCodecs: string | null
  /** Every segment can be decoded without the one before. */
  readonly independent: boolean
}

/** Of one segment: eight hours at 60 pictures a second, copied from a source with one key frame. */
const maxSamples = 2_000_000
/** Of one segment in memory; four seconds at 100 Mb/s are 50 MB. */
const maxSegmentBytes = 256 * 1024 ** 2

/**
 * Reads the file once, a segment at a time: hashes every range, and proves that each is what a
 * playlist says it is. Its durations are measured: a runner's word for them is not taken.
 *
 * @throws ReelmillError `result_refused`.
 */
export async function inspectSegments(
  path: string,
  playlist: SingleFilePlaylist,
): Promise<InspectedFile> {
  const file = await open(path)
  try {
    return await inspect(file, playlist)
  } catch (error) {
    if (!isDamage(error)) throw error
    throw new ReelmillError('result_refused', `The file is damaged: ${error.message}`, {
      cause: error,
    })
  } finally {
    await file.close()
  }
}

/** Boxes are read by code that was made for segments, and by offsets that a stranger wrote. */
function isDamage(error: unknown): error is Error {
  const isRefused = error instanceof ReelmillError && error.code === 'segment_refused'
  return isRefused || error instanceof RangeError
}

async function inspect(file: FileHandle, playlist: SingleFilePlaylist): Promise<InspectedFile> {
  const hashes: Record<string, string> = {}
  const init = await readRange(file, playlist.init, hashes)
  const { streams } = readInit(init, 'init')
  const main = findStream(streams, 'video') ?? findStream(streams, 'audio')
  if (!main) refuseResult('The file has neither pictures nor sound.')
  const spans: StreamSpan[] = []
  for (const [index, segment] of playlist.segments.entries()) {
    const bytes = await readRange(file, segment, hashes)
    spans.push(readSpan(bytes, streams, main, index))
  }
  return {
    playlist: { init: playlist.init, segments: measureSegments(playlist, spans) },
    hashes,
    videoCodecs: findStream(streams, 'video')?.codecs ?? null,
    audioCodecs: findStream(streams, 'audio')?.codecs ?? null,
    independent: spans.every(({ startsWithIdr }) => startsWithIdr !== false),
  }
}

function findStream(streams: readonly StreamFacts[], kind: string): StreamFacts | null {
  return streams.find((stream) => stream.kind === kind) ?? null
}

async function readRange(
  file: FileHandle,
  { offset, length }: ByteRange,
  hashes: Record<string, string>,
): Promise<Buffer> {
  if (length > maxSegmentBytes) refuseResult('A segment is larger than any could be.')
  const buffer = Buffer.allocUnsafe(length)
  const { bytesRead } = await file.read({ buffer, position: offset })
  if (bytesRead !== length) refuseResult('The file ends before its last segment.')
  hashes[`${offset}-${offset + length - 1}`] = createHash('sha256').update(buffer).digest('hex')
  return buffer
}

/** What the main stream does in a segment: the pictures, or the sound where there are none. */
function readSpan(
  bytes: Buffer,
  streams: readonly StreamFacts[],
  main: StreamFacts,
  index: number,
): StreamSpan {
  const samples = countSamples(bytes)
  if (samples > Math.min(maxSamples, bytes.length)) {
    refuseResult(`Segment ${index} claims ${samples} samples, more than it can hold.`)
  }
  const { spans, faults } = readFragments(bytes, streams, `segment ${index}`)
  const fatal = faults.find(({ fault }) => fault !== 'gap' && fault !== 'layout')
  if (fatal) refuseResult(`Segment ${index} ${fatal.message}.`)
  const span = spans.find(({ id }) => id === main.id)
  if (!span || span.samples === 0) refuseResult(`Segment ${index} holds nothing.`)
  return span
}

/** A segment lasts until the next begins, the last one until its own end. */
function measureSegments({ segments }: SingleFilePlaylist, spans: readonly StreamSpan[]) {
  return segments.map((segment, index) => {
    const span = spans[index]
    const end = spans[index + 1]?.startTicks ?? span?.endTicks
    const seconds = span && end !== undefined ? (end - span.startTicks) / span.timescale : 0
    if (!(seconds > 0)) refuseResult(`Segment ${index} does not go forward in time.`)
    return { ...segment, seconds }
  })
}
