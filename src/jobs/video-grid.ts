import type { Grid } from './payload.ts'

/**
 * The segment with the source's last picture, which no chunk may begin behind: only who decodes that
 * picture can hold it for the frames that follow.
 *
 * @param frames - of the whole video, as the grid has them.
 */
export function findLastPictureSegment(
  { heldFrames, segmentFrames }: Pick<Grid, 'heldFrames' | 'segmentFrames'>,
  frames: number,
): number {
  return Math.floor((frames - heldFrames - 1) / segmentFrames)
}
