import { refuse } from './refuse.ts'

/** Reads big-endian numbers one after the other; past the end it fails with `segment_refused`. */
export class Cursor {
  readonly #bytes: Buffer
  #position: number

  constructor(bytes: Buffer, position = 0) {
    this.#bytes = bytes
    this.#position = position
  }

  get position(): number {
    return this.#position
  }

  get remaining(): number {
    return this.#bytes.length - this.#position
  }

  readU8(): number {
    return this.#bytes.readUInt8(this.#advance(1))
  }

  readU16(): number {
    return this.#bytes.readUInt16BE(this.#advance(2))
  }

  readU24(): number {
    return this.#bytes.readUIntBE(this.#advance(3), 3)
  }

  readU32(): number {
    return this.#bytes.readUInt32BE(this.#advance(4))
  }

  readI32(): number {
    return this.#bytes.readInt32BE(this.#advance(4))
  }

  /** A 64-bit number; one that a JavaScript number cannot hold exactly is refused. */
  readU64(): number {
    return toSafeNumber(this.#bytes.readBigUInt64BE(this.#advance(8)))
  }

  readI64(): number {
    return toSafeNumber(this.#bytes.readBigInt64BE(this.#advance(8)))
  }

  /** The next bytes as a view, not a copy. */
  readBytes(count: number): Buffer {
    const start = this.#advance(count)
    return this.#bytes.subarray(start, start + count)
  }

  skip(count: number): this {
    this.#advance(count)
    return this
  }

  #advance(count: number): number {
    if (count > this.remaining) refuse('A box is shorter than its fields.')
    const start = this.#position
    this.#position += count
    return start
  }
}

function toSafeNumber(value: bigint): number {
  const number = Number(value)
  if (!Number.isSafeInteger(number)) refuse('A 64-bit field holds an absurd number.')
  return number
}
