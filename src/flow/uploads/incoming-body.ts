import type { Readable } from 'node:stream'

/** So much waits for whoever reads before the sender has to. */
const mostWaitingBytes = 128 * 1024

/**
 * The body of a request, listened to from the moment when it comes. What a stream holds when its
 * connection breaks is lost, and a network that breaks after every few kilobytes would never bring an
 * upload on: the first ones come before it is known whose they are.
 */
export class IncomingBody {
  readonly #stream: Readable
  #waiting: Buffer[] = []
  #waitingBytes = 0
  #isWhole = false
  #isOver = false
  #wake: () => void = () => undefined

  constructor(stream: Readable) {
    this.#stream = stream
    stream.on('data', (chunk: Buffer) => {
      this.#waiting.push(chunk)
      this.#waitingBytes += chunk.length
      if (this.#waitingBytes >= mostWaitingBytes) stream.pause()
      this.#wake()
    })
    stream.once('end', () => {
      this.#isWhole = true
      this.#end()
    })
    if (stream.closed) this.#end()
    else stream.once('close', () => this.#end())
    // Closed right after it: the sender went away, which a resumable upload is made for.
    stream.on('error', () => undefined)
  }

  /** Whether it came to its end. */
  get isWhole(): boolean {
    return this.#isWhole
  }

  /** Ends the body, and the connection with it where more of it is to come. */
  destroy(): void {
    this.#stream.destroy()
  }

  /** What came and what comes, up to where it ends or breaks off. For one reader. */
  async *chunks(): AsyncGenerator<Buffer> {
    for (;;) {
      const chunks = this.#waiting
      this.#waiting = []
      this.#waitingBytes = 0
      this.#stream.resume()
      yield* chunks
      if (this.#waiting.length > 0) continue
      if (this.#isOver) return
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }

  #end(): void {
    this.#isOver = true
    this.#wake()
  }
}
