import type { Readable } from 'node:stream'
import { ByteQueue } from './byte-queue.ts'
import { Cursor } from './cursor.ts'
import { refuse } from './refuse.ts'

/** A piece of a fragmented MP4 as it comes out of ffmpeg. */
export interface StreamPart {
  /** `init`: `ftyp` and `moov`. `fragment`: one `moof` and its `mdat`. */
  readonly kind: 'init' | 'fragment'
  readonly bytes: Buffer
}

interface Options {
  /** The largest box that is kept; a larger one fails. 256 MiB is a GOP of 10 s at 200 Mb/s. */
  readonly maxBoxBytes?: number
}

interface Header {
  readonly type: string
  /** Of the whole box. */
  readonly size: number
  readonly bytes: Buffer
}

/** The first half of a part, until the second comes. */
interface Begun {
  readonly type: string | null
  readonly bytes: readonly Buffer[]
}

interface Place {
  /** The first half that must have come just before. */
  readonly after: string | null
  /** What the two are; null of a first half. */
  readonly completes: StreamPart['kind'] | null
}

/** The boxes that are kept. */
const places: Readonly<Record<string, Place>> = {
  ftyp: { after: null, completes: null },
  moov: { after: 'ftyp', completes: 'init' },
  moof: { after: null, completes: null },
  mdat: { after: 'moof', completes: 'fragment' },
}
const nothing: Begun = { type: null, bytes: [] }

/**
 * Cuts the fragmented MP4 that a child process writes to its pipe into its init and its fragments,
 * as they arrive. Other boxes (`sidx`, `styp`, `mfra`, …) are left out. Memory is bounded by the
 * largest fragment; reading slowly slows the child down. A stream that ends in the middle of a box,
 * or boxes out of order, fail with `segment_refused`.
 */
export async function* readFragments(
  stream: Readable,
  { maxBoxBytes = 256 * 1024 * 1024 }: Options = {},
): AsyncGenerator<StreamPart> {
  const queue = new ByteQueue(stream)
  let begun = nothing
  try {
    for (let header = await takeHeader(queue); header; header = await takeHeader(queue)) {
      const { type, size } = header
      const place = places[type]
      if (!place) {
        await queue.skip(size - header.bytes.length)
        continue
      }
      if (begun.type !== place.after) refuse(`A ${type} is out of order.`)
      const bytes = await takeBox(queue, header, maxBoxBytes, begun.bytes)
      if (place.completes) yield { kind: place.completes, bytes }
      begun = place.completes ? nothing : { type, bytes: [bytes] }
    }
    if (begun.type !== null) refuse(`The stream ends after a ${begun.type}.`)
  } finally {
    await queue.close()
  }
}

async function takeHeader(queue: ByteQueue): Promise<Header | null> {
  const short = await queue.take(8)
  if (!short) return null
  const type = short.toString('latin1', 4, 8)
  const size = short.readUInt32BE(0)
  const long = size === 1 ? ((await queue.take(8)) ?? refuse('The stream ends in a box.')) : null
  const bytes = long ? Buffer.concat([short, long]) : short
  const header = { type, size: long ? new Cursor(long).readU64() : size, bytes }
  if (header.size < bytes.length) refuse(`The size of a box is wrong.`, { type, size: header.size })
  return header
}

/** A box whose header was taken, behind the one that it belongs to: they are joined here, and once. */
async function takeBox(
  queue: ByteQueue,
  { type, size, bytes }: Header,
  maxBytes: number,
  before: readonly Buffer[],
): Promise<Buffer> {
  if (size > maxBytes) refuse(`A ${type} is too large.`, { size })
  const box = await queue.take(size - bytes.length, [...before, bytes])
  return box ?? refuse(`The stream ends in a ${type}.`)
}
