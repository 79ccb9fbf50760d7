import type { Grid } from '#jobs/payload.ts'
import { parseFragment } from '#media/boxes/parse-fragment.ts'
import type { ParsedInit } from '#media/boxes/parse-init.ts'
import { rewriteFragment } from '#media/boxes/rewrite-fragment.ts'
import { writeSegment } from '#media/boxes/write-segment.ts'

/** A segment that is whole. */
export interface CollectedSegment {
  readonly number: number
  readonly frames: number
  readonly bytes: Buffer
}

interface Place {
  readonly grid: Grid
  readonly firstFrame: number
  /** Frames that belong to the chunk; what comes after them is its tail. null: all. */
  readonly frames: number | null
  /** How late every picture is presented, which the init segment's edit list takes back. */
  readonly leadTicks: number
}

/**
 * Gathers the GOPs of one rendition of a chunk into segments at their place in the whole track, and
 * drops the tail. Every GOP but the last one of the source must have its full length: the encoder
 * was told so, and a player is told that segments end there.
 */
export class SegmentCollector {
  readonly #init: ParsedInit
  readonly #place: Place
  /** Of the segment that is being gathered, in pieces. */
  #gops: Buffer[] = []
  #gopFrames = 0
  #frames = 0

  constructor(init: ParsedInit, place: Place) {
    this.#init = init
    this.#place = place
  }

  /** Frames of the chunk that have come so far, without the tail. */
  get frames(): number {
    return this.#frames
  }

  /** Takes the next GOP (`moof` and `mdat`); returns a segment when that made one whole. */
  add(fragment: Buffer): CollectedSegment | null {
    const { grid, firstFrame, frames, leadTicks } = this.#place
    if (frames !== null && this.#frames >= frames) return null
    const { samples } = parseFragment(fragment, this.#init.trackDefaults)
    const frame = firstFrame + this.#frames
    const place = {
      sequenceNumber: Math.floor(frame / grid.gopFrames) + 1,
      baseDecodeTime: frame * grid.frameTicks,
      leadTicks,
    }
    this.#gops.push(...rewriteFragment(fragment, place))
    this.#gopFrames += samples.length
    this.#frames += samples.length
    const isWhole = this.#gopFrames >= grid.segmentFrames || this.#frames === frames
    return isWhole ? this.#take() : null
  }

  /**
   * What is left when the source has ended. Nothing where more frames were ordered: the server would
   * refuse a segment that is short, and say nothing of the source, whose fault it is.
   */
  end(): CollectedSegment | null {
    const { frames } = this.#place
    const isShort = frames !== null && this.#frames < frames
    return this.#gops.length > 0 && !isShort ? this.#take() : null
  }

  #take(): CollectedSegment {
    const { grid, firstFrame } = this.#place
    const segment = {
      number: Math.floor((firstFrame + this.#frames - this.#gopFrames) / grid.segmentFrames),
      frames: this.#gopFrames,
      bytes: writeSegment(this.#gops),
    }
    this.#gops = []
    this.#gopFrames = 0
    return segment
  }
}
