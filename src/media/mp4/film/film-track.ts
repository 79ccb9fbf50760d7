import type { Sample } from '../../boxes/sample-run.ts'
import { writeBox, writeFullBox, writeNumbers, writeU32 } from '../../boxes/write-box.ts'
import { Runs } from './runs.ts'

/** Bytes of one track that lie together in a film, and where they come from. */
export interface FilmChunk {
  readonly track: number
  /** Number of the segment that holds them, and where in it. */
  readonly segment: number
  readonly start: number
  readonly bytes: number
  readonly samples: number
  /** When the first of them is decoded, in seconds. */
  readonly atSeconds: number
}

/** The description of a track's coded pictures or frames: the entry of its `stsd`, header included. */
interface TrackShape {
  readonly index: number
  readonly timescale: number
  readonly sampleEntry: Buffer
}

/**
 * The tables of one track of a film (ISO/IEC 14496-12 section 8.5), which grow chunk by chunk. They
 * hold numbers only, for ten hours have two million samples.
 */
export class FilmTrack {
  readonly chunks: FilmChunk[] = []
  readonly #shape: TrackShape
  readonly #sizes: number[] = []
  readonly #keys: number[] = []
  readonly #durations = new Runs()
  readonly #offsets = new Runs()
  #durationTicks = 0

  constructor(shape: TrackShape) {
    this.#shape = shape
  }

  get durationTicks(): number {
    return this.#durationTicks
  }

  get samples(): number {
    return this.#sizes.length
  }

  /** Adds samples that lie one after the other from `start` of a segment on. */
  add(segment: number, start: number, samples: readonly Sample[]): void {
    const { index: track, timescale } = this.#shape
    const atSeconds = this.#durationTicks / timescale
    let bytes = 0
    for (const sample of samples) {
      this.#sizes.push(sample.bytes)
      this.#durations.add(sample.durationTicks)
      this.#offsets.add(sample.compositionOffset)
      if (sample.isSync) this.#keys.push(this.#sizes.length)
      this.#durationTicks += sample.durationTicks
      bytes += sample.bytes
    }
    this.chunks.push({ track, segment, start, bytes, samples: samples.length, atSeconds })
  }

  /** The `stbl`, with where each chunk lies in the file; `isLong` where 32 bits may not hold that. */
  writeTable(places: readonly number[], isLong: boolean): Buffer {
    const count = this.#sizes.length
    return writeBox(
      'stbl',
      writeFullBox('stsd', {}, writeU32(1), this.#shape.sampleEntry),
      writeFullBox('stts', {}, this.#durations.write()),
      ...(this.#offsets.isZero()
        ? []
        : [writeFullBox('ctts', { version: 1 }, this.#offsets.write())]),
      // Left out where every sample is one to start at, as of sound.
      ...(this.#keys.length === count
        ? []
        : [writeFullBox('stss', {}, writeU32(this.#keys.length), writeNumbers(this.#keys))]),
      writeFullBox('stsc', {}, this.#writeChunkLengths()),
      writeFullBox('stsz', {}, writeU32(0, count), writeNumbers(this.#sizes)),
      writePlaces(places, isLong),
    )
  }

  /** [first chunk, samples in each, description], where the number of samples changes. */
  #writeChunkLengths(): Buffer {
    const rows: number[] = []
    for (const [index, { samples }] of this.chunks.entries()) {
      if (rows.at(-2) !== samples) rows.push(index + 1, samples, 1)
    }
    return Buffer.concat([writeU32(rows.length / 3), writeNumbers(rows)])
  }
}

function writePlaces(places: readonly number[], isLong: boolean): Buffer {
  if (!isLong) return writeFullBox('stco', {}, writeU32(places.length), writeNumbers(places))
  const halves = places.flatMap((place) => [Math.floor(place / 2 ** 32), place % 2 ** 32])
  return writeFullBox('co64', {}, writeU32(places.length), writeNumbers(halves))
}
