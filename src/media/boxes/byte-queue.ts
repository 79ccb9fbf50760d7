import type { Readable } from 'node:stream'
import { refuse } from './refuse.ts'

/** Takes exact counts of bytes out of a stream, holding no more than was asked for and one chunk. */
export class ByteQueue {
  readonly #chunks: AsyncIterator<Buffer>
  #pending: Buffer[] = []
  #pendingBytes = 0

  constructor(stream: Readable) {
    this.#chunks = stream[Symbol.asyncIterator]()
  }

  /**
   * The next bytes, copied once at most, with `before` in front of them; null where the stream ends
   * right here. An end in between is refused.
   */
  async take(count: number, before: readonly Buffer[] = []): Promise<Buffer | null> {
    while (this.#pendingBytes < count) {
      if (await this.#receive()) continue
      if (this.#pendingBytes === 0) return null
      refuse('The stream ends in the middle of a box.')
    }
    const [only, ...others] = [...before, ...this.#cut(count)]
    return only && others.length === 0 ? only : Buffer.concat(only ? [only, ...others] : [])
  }

  /** Throws the next bytes away, without gathering them. */
  async skip(count: number): Promise<void> {
    let left = count
    while (left > 0) {
      const step = Math.min(left, this.#pendingBytes || 1)
      if (!(await this.take(step))) refuse('The stream ends in the middle of a box.')
      left -= step
    }
  }

  /** Lets the stream go; one that has not ended is destroyed. */
  async close(): Promise<void> {
    await this.#chunks.return?.()
  }

  /** As they came. There are that many. */
  #cut(count: number): Buffer[] {
    const parts: Buffer[] = []
    let left = count
    while (left > 0) {
      const chunk = this.#pending.shift() ?? Buffer.alloc(0)
      const part = chunk.subarray(0, left)
      parts.push(part)
      left -= part.length
      if (part.length < chunk.length) this.#pending.unshift(chunk.subarray(part.length))
    }
    this.#pendingBytes -= count
    return parts
  }

  async #receive(): Promise<boolean> {
    const next = await this.#chunks.next()
    if (next.done) return false
    this.#pending.push(next.value)
    this.#pendingBytes += next.value.length
    return true
  }
}
