import { type Box, findBox, openFullBox, readBoxes, requireBox } from '../boxes/box.ts'
import { type Edit, readEdit } from './edit-list.ts'
import { addPacket, type PacketStats, startStats } from './packet-stats.ts'

/** A track's samples as its table lists them: the same facts as reading its packets gives. */
export interface SampleTable {
  readonly handler: string
  readonly timescale: number
  readonly samples: number
  readonly stats: PacketStats
  /** Presentation times of the key pictures. */
  readonly keys: ReadonlySet<number>
}

/** Pieces of this many frames are bounded work: 24 hours at 120 pictures a second are 10 million. */
const maxVideoSamples = 12_000_000

/**
 * The tables of all tracks of a `moov` body, by the order of the tracks, which is ffmpeg's index of
 * streams; null for a track that is not of the plain kind. (ISO/IEC 14496-12, 8.6 and 8.7)
 */
export function readSampleTables(moov: Buffer): (SampleTable | null)[] {
  const movie = readTimescale(requireBox(moov, 'mvhd'))
  return readBoxes(moov)
    .filter(({ type }) => type === 'trak')
    .map(({ body }) => readTable(body, movie))
}

function readTable(trak: Buffer, movie: number): SampleTable | null {
  const mdia = requireBox(trak, 'mdia').body
  const handler = openFullBox(requireBox(mdia, 'hdlr'))
    .cursor.skip(4)
    .readBytes(4)
    .toString('latin1')
  const timescale = readTimescale(requireBox(mdia, 'mdhd'))
  const stbl = requireBox(mdia, 'minf', 'stbl').body
  const edit = readEdit(trak, { movie, media: timescale })
  const durations = readRuns(findBox(stbl, 'stts'))
  const samples = openFullBox(requireBox(stbl, 'stsz')).cursor.skip(4).readU32()
  const timed = durations?.reduce((sum, [count]) => sum + count, 0)
  if (!edit || !durations || timed !== samples || samples === 0 || timescale === 0) return null
  const table = { handler, timescale, samples, durations, edit }
  if (handler === 'vide') return readVideo(table, stbl)
  return handler === 'soun' ? { ...table, stats: sumSound(table), keys: new Set() } : null
}

interface Plain {
  readonly handler: string
  readonly timescale: number
  readonly samples: number
  readonly durations: readonly Run[]
  readonly edit: Edit
}

/** [samples, value] */
type Run = readonly [count: number, value: number]

function readVideo(table: Plain, stbl: Buffer): SampleTable | null {
  const { samples, durations, edit } = table
  if (samples > maxVideoSamples) return null
  const offsets = readOffsets(stbl)
  const isKey = readKeyTest(stbl)
  if (!offsets || !isKey) return null
  const stats = startStats()
  const keys = new Set<number>()
  const nextDuration = walkRuns(durations)
  const nextOffset = walkRuns(offsets)
  let dts = edit.delayTicks - edit.mediaTime
  for (let sample = 1; sample <= samples; sample++) {
    const duration = nextDuration()
    const pts = dts + nextOffset()
    if (isKey(sample)) keys.add(pts)
    addPacket(stats, { pts, dts, duration, isKey: isKey(sample), isDiscarded: false })
    dts += duration
  }
  return isUncut(stats, edit) ? { ...table, stats, keys } : null
}

/** Whether the edit shows every picture: what it cuts away is ffmpeg's to say, not ours. */
function isUncut(stats: PacketStats, edit: Edit): boolean {
  const { minPts, maxPts } = stats
  if (minPts === null || maxPts === null || minPts < edit.delayTicks) return false
  return edit.lengthTicks === null || maxPts < edit.delayTicks + edit.lengthTicks
}

function sumSound({ samples, durations, edit }: Plain): PacketStats {
  const total = durations.reduce((sum, [count, value]) => sum + count * value, 0)
  const shown = Math.min(total - edit.mediaTime, edit.lengthTicks ?? Number.POSITIVE_INFINITY)
  return {
    ...startStats(),
    packets: samples,
    keyframes: samples,
    firstKeyPts: edit.delayTicks,
    minPts: edit.delayTicks,
    maxPts: edit.delayTicks + Math.max(0, shown),
    lastDuration: 0,
  }
}

/** Composition offsets: [samples, ticks] runs; one endless run of 0 without a table. */
function readOffsets(stbl: Buffer): readonly Run[] | null {
  const box = findBox(stbl, 'ctts')
  return box ? readRuns(box) : [[Number.POSITIVE_INFINITY, 0]]
}

/** A table of counts and values; null when it is missing or its values are absurd. */
function readRuns(box: Box | null): readonly Run[] | null {
  if (!box) return null
  const { cursor } = openFullBox(box)
  const count = cursor.readU32()
  const runs: Run[] = []
  for (let index = 0; index < count; index++) runs.push([cursor.readU32(), cursor.readI32()])
  const isOffsets = box.type === 'ctts'
  return runs.every(([, value]) => isOffsets || value >= 0) ? runs : null
}

/** Gives the value of sample after sample; 0 when the runs are over. */
function walkRuns(runs: readonly Run[]): () => number {
  let run = 0
  let left = runs[0]?.[0] ?? 0
  return () => {
    while (left <= 0 && run < runs.length) {
      run += 1
      left = runs[run]?.[0] ?? 0
    }
    left -= 1
    return runs[run]?.[1] ?? 0
  }
}

/** Tells whether the sample of that number, asked in ascending order, can be started from. */
function readKeyTest(stbl: Buffer): ((sample: number) => boolean) | null {
  const box = findBox(stbl, 'stss')
  if (!box) return () => true
  const { cursor } = openFullBox(box)
  const count = cursor.readU32()
  const numbers = new Set<number>()
  for (let index = 0; index < count; index++) numbers.add(cursor.readU32())
  return count > 0 ? (sample) => numbers.has(sample) : null
}

function readTimescale(box: Box): number {
  const { version, cursor } = openFullBox(box)
  return cursor.skip(version === 1 ? 16 : 8).readU32()
}
