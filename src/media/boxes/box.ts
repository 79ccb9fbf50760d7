import { Cursor } from './cursor.ts'
import { refuse } from './refuse.ts'

/** A box of ISO/IEC 14496-12 section 4.2. Everything in it is a view of the bytes it was read from. */
export interface Box {
  readonly type: string
  /** From the start of the buffer that was read. */
  readonly offset: number
  /** With the header. */
  readonly size: number
  /** 8, or 16 where the size has 64 bits. */
  readonly headerBytes: number
  readonly body: Buffer
}

/** The version and the flags of a full box, and a cursor at what follows them. */
export interface FullBox {
  readonly version: number
  readonly flags: number
  readonly cursor: Cursor
}

// A segment of one fragment per audio frame has some hundreds; more is an attack on memory.
const maxSiblings = 65_536

/**
 * The boxes that fill the buffer, in order. A size of 0 (the last box, to the end) and 64-bit sizes
 * are understood. Bytes that are not boxes to the very end fail with `segment_refused`.
 */
export function readBoxes(buffer: Buffer): Box[] {
  const boxes: Box[] = []
  for (let offset = 0; offset < buffer.length; ) {
    if (boxes.length === maxSiblings) refuse('There are too many boxes.')
    const box = readBox(buffer, offset)
    boxes.push(box)
    offset += box.size
  }
  return boxes
}

function readBox(buffer: Buffer, offset: number): Box {
  const cursor = new Cursor(buffer, offset)
  const size32 = cursor.readU32()
  const type = cursor.readBytes(4).toString('latin1')
  const size = size32 === 1 ? cursor.readU64() : size32 === 0 ? buffer.length - offset : size32
  const headerBytes = cursor.position - offset
  if (size < headerBytes || offset + size > buffer.length) {
    refuse(`The size of the box ${JSON.stringify(type)} is wrong.`, { type, offset, size })
  }
  const body = buffer.subarray(offset + headerBytes, offset + size)
  return { type, offset, size, headerBytes, body }
}

/** The first box at the end of a path of types, or null: `findBox(moov, 'trak', 'mdia')`. */
export function findBox(body: Buffer, ...path: readonly string[]): Box | null {
  const [type, ...rest] = path
  const found = readBoxes(body).find((box) => box.type === type) ?? null
  return found && rest.length > 0 ? findBox(found.body, ...rest) : found
}

/** As findBox; a box that is not there fails with `segment_refused`. */
export function requireBox(body: Buffer, ...path: readonly string[]): Box {
  return findBox(body, ...path) ?? refuse(`There is no box ${path.join('/')}.`)
}

/** The only box of that type among siblings; none or several fail with `segment_refused`. */
export function requireOneBox(body: Buffer, type: string): Box {
  const [box, another] = readBoxes(body).filter((candidate) => candidate.type === type)
  if (!box || another) refuse(`There must be exactly one box ${type}.`)
  return box
}

/** Opens a full box (ISO/IEC 14496-12 section 4.2: a version of 8 bits and flags of 24). */
export function openFullBox(box: Box): FullBox {
  const cursor = new Cursor(box.body)
  return { version: cursor.readU8(), flags: cursor.readU24(), cursor }
}
