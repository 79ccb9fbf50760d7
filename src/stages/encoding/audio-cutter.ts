import { ReelmillError } from '#errors/reelmill-error.ts'
import { aacFrameSamples, countFramesBefore } from '#jobs/audio-grid.ts'
import { type AudioSample, buildSegment } from '#media/boxes/build-segment.ts'
import { parseFragment } from '#media/boxes/parse-fragment.ts'
import type { ParsedInit } from '#media/boxes/parse-init.ts'
import type { Rational } from '#media/rational.ts'

/** A coded frame that is not the last lasts shorter or longer than one: the encoder's clock broke. */
export class SoundClockBroken extends ReelmillError {
  constructor() {
    super('ffmpeg_failed', 'The clock of the sound broke.')
  }
}

/** Cuts coded sound into segments that end nearest to where the video's do (jobs/audio-grid.ts). */
export class AudioCutter {
  readonly #init: ParsedInit
  readonly #segmentSeconds: Rational
  #samples: AudioSample[] = []
  #segments = 0
  #startTicks = 0
  #startFrame = 0
  #isOdd = false

  constructor(init: ParsedInit, segmentSeconds: Rational) {
    this.#init = init
    this.#segmentSeconds = segmentSeconds
  }

  /**
   * Takes a fragment of any length; gives the segments that became whole.
   *
   * @throws SoundClockBroken
   */
  *add(fragment: Buffer): Generator<Buffer> {
    const { samples } = parseFragment(fragment, this.#init.trackDefaults)
    for (const { durationTicks, offset, bytes } of samples) {
      if (this.#isOdd) throw new SoundClockBroken()
      this.#isOdd = durationTicks !== aacFrameSamples
      this.#samples.push({ durationTicks, data: fragment.subarray(offset, offset + bytes) })
      const isWhole = this.#startFrame + this.#samples.length === this.#nextEnd()
      if (isWhole && !this.#isOdd) yield this.#take()
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
