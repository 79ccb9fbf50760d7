import { type AudioSample, buildSegment } from '#media/boxes/build-segment.ts'
import { parseFragment } from '#media/boxes/parse-fragment.ts'
import type { ParsedInit } from '#media/boxes/parse-init.ts'
import type { Rational } from '#media/rational.ts'

/**
 * Cuts coded sound into segments whose ends lie nearest to the ends of the video's, as they are
 * presented: the priming at the start is not heard, so every end lies that much later in the media.
 */
export class AudioCutter {
  readonly #init: ParsedInit
  readonly #segmentSeconds: Rational
  #samples: AudioSample[] = []
  #segments = 0
  /** Decode time of the first sample that is held, in ticks. */
  #startTicks = 0
  #endTicks = 0

  constructor(init: ParsedInit, segmentSeconds: Rational) {
    this.#init = init
    this.#segmentSeconds = segmentSeconds
  }

  /** Takes a fragment of any length; gives the segments that became whole. */
  *add(fragment: Buffer): Generator<Buffer> {
    const { samples } = parseFragment(fragment, this.#init.trackDefaults)
    for (const { durationTicks, offset, bytes } of samples) {
      if (this.#isNearestToEnd(durationTicks)) yield this.#take()
      this.#samples.push({ durationTicks, data: fragment.subarray(offset, offset + bytes) })
      this.#endTicks += durationTicks
    }
  }

  /** What is left when the sound has ended. */
  *end(): Generator<Buffer> {
    if (this.#samples.length > 0) yield this.#take()
  }

  /** True when the end of the segment lies nearer to here than to after the next sample. */
  #isNearestToEnd(nextTicks: number): boolean {
    const [numerator, denominator] = this.#segmentSeconds
    const { timescale, leadTicks } = this.#init
    const end = ((this.#segments + 1) * numerator * timescale) / denominator + leadTicks
    return this.#samples.length > 0 && end - this.#endTicks < nextTicks / 2
  }

  #take(): Buffer {
    const bytes = buildSegment({
      trackId: this.#init.trackId,
      sequenceNumber: this.#segments + 1,
      baseDecodeTime: this.#startTicks,
      samples: this.#samples,
    })
    this.#segments += 1
    this.#samples = []
    this.#startTicks = this.#endTicks
    return bytes
  }
}
