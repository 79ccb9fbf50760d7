/** A run of bytes of a file. */
export interface ByteRange {
  readonly offset: number
  readonly length: number
}

/** A media playlist whose init section and segments are byte ranges of one file (runner protocol 2.2). */
export interface SingleFilePlaylist {
  readonly init: ByteRange
  /** In order, without a gap. */
  readonly segments: readonly SingleFileSegment[]
}

export interface SingleFileSegment extends ByteRange {
  readonly seconds: number
}
