import type { Grid, PictureTreatment, SourceInput, VideoRendition } from './payload.ts'

/** One segment of one rendition, worked on by a runner that knows whole files only. */
export interface Piece {
  /** Its name: "720p". */
  readonly rendition: string
  /** Number of the segment. */
  readonly segment: number
  readonly firstFrame: number
  /** Those of a segment, or what is left for the last. */
  readonly frames: number
  /**
   * The whole number that the runner is told, of which the grid's rate may be a thousandth less. The
   * small file has this rate too, its clock one tick a frame: of a finer clock ffmpeg takes how long
   * the last picture lasts from the codec's parameters, which may be wrong, and ends a frame early.
   */
  readonly framesPerSecond: number
  /** The server makes the pictures, since what lies in the source cannot be shown as it is. */
  readonly isRendered?: true
}

/** All that it takes to cut a piece out of a source, and to take back what was made of it. */
export interface PieceOrder {
  readonly input: SourceInput & { readonly videoStream: number }
  readonly grid: Grid
  readonly picture: PictureTreatment
  readonly rendition: VideoRendition
  readonly piece: Piece
}
