import { type Box, openFullBox, readBoxes } from '../../boxes/box.ts'
import type { Violation } from '../finding.ts'
import type { SampleDefaults, StreamFacts, StreamSpan } from './facts.ts'
import { isIdrSample } from './nal-units.ts'
import { readRun } from './read-run.ts'
import { SpanBuilder } from './span-builder.ts'

/** What is wrong in a fragment's boxes, by what it is wrong with. */
export type FragmentFault = 'tfdt-missing' | 'not-moof-relative' | 'gap' | 'layout' | 'damaged'

export interface FragmentReading {
  readonly spans: readonly StreamSpan[]
  readonly faults: readonly (Violation & { readonly fault: FragmentFault })[]
}

/** Boxes that may stand before a `moof` in a segment. */
const BEFORE_MOOF = new Set(['styp', 'sidx', 'prft', 'emsg', 'free', 'skip', 'ftyp', 'moov'])

const DEFAULT_BASE_IS_MOOF = 0x02_0000
const BASE_DATA_OFFSET = 0x01

/**
 * The samples of a media segment, stream by stream (ISO/IEC 14496-12 section 8.8). Boxes that are
 * damaged to the point of no return fail with `segment_refused`: the caller makes a finding of it.
 */
export function readFragments(
  bytes: Buffer,
  streams: readonly StreamFacts[],
  where: string,
): FragmentReading {
  const faults: FragmentReading['faults'][number][] = []
  const builders = new Map<number, SpanBuilder>()
  const boxes = readBoxes(bytes)
  for (const [index, box] of boxes.entries()) {
    if (box.type === 'moof') {
      if (boxes[index + 1]?.type !== 'mdat') {
        faults.push({ fault: 'layout', where, message: 'has a moof that no mdat follows' })
      }
      for (const fault of readFragment({ bytes, moof: box, streams, builders })) {
        faults.push({ ...fault, where })
      }
    } else if (
      box.type === 'mdat' ? boxes[index - 1]?.type !== 'moof' : !BEFORE_MOOF.has(box.type)
    ) {
      faults.push({ fault: 'layout', where, message: `has a stray ${box.type} box` })
    }
  }
  const spans = [...builders.values()].flatMap((builder) => builder.build() ?? [])
  return { spans, faults }
}

interface FragmentPlace {
  readonly bytes: Buffer
  readonly moof: Box
  readonly streams: readonly StreamFacts[]
  readonly builders: Map<number, SpanBuilder>
}

type Fault = { readonly fault: FragmentFault; readonly message: string }

function* readFragment(place: FragmentPlace): Generator<Fault> {
  for (const traf of readBoxes(place.moof.body).filter((box) => box.type === 'traf')) {
    yield* readTrackFragment(traf, place)
  }
}

function* readTrackFragment(traf: Box, place: FragmentPlace): Generator<Fault> {
  const children = readBoxes(traf.body)
  const header = children.find((box) => box.type === 'tfhd')
  if (!header) return yield { fault: 'damaged', message: 'has a traf without tfhd' }
  const { trackId, flags, ...defaults } = readHeader(header)
  const stream = place.streams.find(({ id }) => id === trackId)
  if (!stream)
    return yield { fault: 'damaged', message: `names track ${trackId}, which init lacks` }
  if (flags & BASE_DATA_OFFSET || !(flags & DEFAULT_BASE_IS_MOOF)) {
    yield { fault: 'not-moof-relative', message: 'does not address samples relative to the moof' }
  }
  const builder = place.builders.get(trackId) ?? new SpanBuilder(stream)
  place.builders.set(trackId, builder)
  const decodeTime = children.find((box) => box.type === 'tfdt')
  if (!decodeTime) yield { fault: 'tfdt-missing', message: 'has a traf without tfdt' }
  else yield* enterFragment(builder, readDecodeTime(decodeTime))
  addSamples({ traf: children, builder, stream, defaults, place })
}

function* enterFragment(builder: SpanBuilder, decodeTicks: number): Generator<Fault> {
  const expected = builder.enter(decodeTicks)
  if (expected === null || expected === decodeTicks) return
  const message = `has a tfdt of ${decodeTicks} where the samples before end at ${expected}`
  yield { fault: 'gap', message }
}

interface Samples {
  readonly traf: readonly Box[]
  readonly builder: SpanBuilder
  readonly stream: StreamFacts
  readonly defaults: Partial<SampleDefaults>
  readonly place: FragmentPlace
}

function addSamples({ traf, builder, stream, defaults, place }: Samples): void {
  const merged = { ...stream.defaults, ...defaults }
  let next = 0
  for (const box of traf.filter(({ type }) => type === 'trun')) {
    const run = readRun(box, merged)
    next = place.moof.offset + (run.dataOffset ?? next - place.moof.offset)
    for (const sample of run.samples) {
      if (builder.samples === 0) {
        const data = place.bytes.subarray(next, next + sample.bytes)
        builder.startsWithIdr =
          isIdrSample(data, stream.entry, stream.nalLengthBytes) ?? sample.isSync
      }
      builder.add(sample)
      next += sample.bytes
    }
  }
}

function readHeader(box: Box): { trackId: number; flags: number } & Partial<SampleDefaults> {
  const { flags, cursor } = openFullBox(box)
  const trackId = cursor.readU32()
  if (flags & 0x01) cursor.skip(8)
  if (flags & 0x02) cursor.skip(4)
  return {
    trackId,
    flags,
    ...(flags & 0x08 ? { durationTicks: cursor.readU32() } : {}),
    ...(flags & 0x10 ? { bytes: cursor.readU32() } : {}),
    ...(flags & 0x20 ? { sampleFlags: cursor.readU32() } : {}),
  }
}

function readDecodeTime(box: Box): number {
  const { version, cursor } = openFullBox(box)
  return version === 1 ? cursor.readU64() : cursor.readU32()
}
