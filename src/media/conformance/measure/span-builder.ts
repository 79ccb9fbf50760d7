import type { StreamFacts, StreamSpan } from './facts.ts'
import type { RunSample } from './read-run.ts'

/** Sums the samples of one stream in one segment up to a StreamSpan. */
export class SpanBuilder {
  samples = 0
  startsWithIdr: boolean | null = null
  readonly #stream: StreamFacts
  #startTicks: number | null = null
  #nextTicks = 0
  #presentationTicks = Number.POSITIVE_INFINITY
  #keyframes = 0
  #firstKeyTicks: number | null = null
  #lastKeyTicks: number | null = null
  #longestKeyGapTicks = 0

  constructor(stream: StreamFacts) {
    this.#stream = stream
  }

  /** A fragment begins; says where the samples before it ended, or null for the first. */
  enter(decodeTicks: number): number | null {
    const expected = this.#startTicks === null ? null : this.#nextTicks
    this.#startTicks ??= decodeTicks
    this.#nextTicks = decodeTicks
    return expected
  }

  add(sample: RunSample): void {
    const ticks = this.#nextTicks + sample.compositionTicks
    this.samples += 1
    this.#presentationTicks = Math.min(this.#presentationTicks, ticks)
    if (sample.isSync) this.#addKeyframe(ticks)
    this.#nextTicks += sample.durationTicks
  }

  #addKeyframe(ticks: number): void {
    this.#keyframes += 1
    this.#firstKeyTicks ??= ticks
    const gap = this.#lastKeyTicks === null ? 0 : ticks - this.#lastKeyTicks
    this.#longestKeyGapTicks = Math.max(this.#longestKeyGapTicks, gap)
    this.#lastKeyTicks = ticks
  }

  /** Null when no sample came. */
  build(): StreamSpan | null {
    if (this.samples === 0) return null
    return {
      id: this.#stream.id,
      kind: this.#stream.kind,
      timescale: this.#stream.timescale,
      samples: this.samples,
      startTicks: this.#startTicks ?? 0,
      endTicks: this.#nextTicks,
      presentationTicks: this.#presentationTicks,
      startsWithIdr: this.#stream.kind === 'video' ? this.startsWithIdr : null,
      keyframes: this.#keyframes,
      firstKeyTicks: this.#firstKeyTicks,
      lastKeyTicks: this.#lastKeyTicks,
      longestKeyGapTicks: this.#longestKeyGapTicks,
    }
  }
}
