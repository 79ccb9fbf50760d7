import { countFramesBefore } from '#jobs/audio-grid.ts'
import { type AudioSample, buildSegment } from '#media/boxes/build-segment.ts'
import { parseFragment } from '#media/boxes/parse-fragment.ts'
import type { ParsedInit } from '#media/boxes/parse-init.ts'
import type { Rational } from '#media/rational.ts'

/** Cuts coded sound into segments that end nearest to where the video's do (jobs/audio-grid.ts). */
export class AudioCutter {
  readonly #init: ParsedInit
  readonly #segmentSeconds: Rational
  #samples: AudioSample[] = []
  #segments = 0
  #startTicks = 0
  #startFrame = 0

  constructor(init: ParsedInit, segmentSeconds: Rational) {
    this.#init = init
    this.#segmentSeconds = segmentSeconds
  }

  /** Takes a fragment of any length; gives the segments that became whole. */
  *add(fragment: Buffer): Generator<Buffer> {
    const { samples } = parseFragment(fragment, this.#init.trackDefaults)
    for (const { durationTicks, offset, bytes } of samples) {
      this.#samples.push({ durationTicks, data: fragment.subarray(offset, offset + bytes) })
      if (this.#startFrame + this.#samples.length === this.#nextEnd()) yield this.#take()
    }
  }

  /** What is left when the sound has ended. */
  *end(): Generator<Buffer> {
    if (this.#samples.length > 0) yield this.#take()
  }

  #nextEnd(): number {
    return countFramesBefore(this.#segments + 1, this.#segmentSeconds, this.#init.timescale)
  }

  #take(): Buffer {
    const bytes = buildSegment({
      trackId: this.#init.trackId,
      sequenceNumber: this.#segments + 1,
      baseDecodeTime: this.#startTicks,
      samples: this.#samples,
    })
    this.#segments += 1
    this.#startFrame += this.#samples.length
    this.#startTicks += this.#samples.reduce((sum, sample) => sum + sample.durationTicks, 0)
    this.#samples = []
    return bytes
  }
}
