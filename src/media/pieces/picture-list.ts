import type { Rational } from '../rational.ts'
import type { SourcePicture } from './place-pictures.ts'

const keyFlag = 1
const discardFlag = 4

/** Takes the lines of ffmpeg's `framecrc` apart as they arrive: one packet in each. */
export class PictureList {
  readonly pictures: SourcePicture[] = []
  #timeBase: Rational | null = null
  #rest = ''

  /** Seconds of a tick, once the head has been read. */
  get timeBase(): Rational | null {
    return this.#timeBase
  }

  /** Takes the next text, which may end within a line. */
  add(text: string): void {
    const lines = (this.#rest + text).split('\n')
    this.#rest = lines.pop() ?? ''
    for (const line of lines) this.#addLine(line)
  }

  #addLine(line: string): void {
    const head = /^#tb 0: (\d+)\/(\d+)/.exec(line)
    if (head) this.#timeBase = [Number(head[1]), Number(head[2])]
    // stream, dts, pts, duration, size, checksum, and flags where they are not those of a key.
    const row = /^0,\s*-?\d+,\s*(-?\d+),\s*-?\d+,\s*(\d+), \w+(?:, F=0x([0-9A-F]+))?/.exec(line)
    if (!row) return
    const flags = row[3] === undefined ? keyFlag : Number.parseInt(row[3], 16)
    this.pictures.push({
      pts: Number(row[1]),
      bytes: Number(row[2]),
      isKey: (flags & keyFlag) !== 0,
      isDiscarded: (flags & discardFlag) !== 0,
    })
  }
}
