import { findBox, openFullBox } from '../boxes/box.ts'

/** What an edit list does to a track: starts at `mediaTime`, `delayTicks` later. Media units. */
export interface Edit {
  readonly mediaTime: number
  readonly delayTicks: number
  /** Length of what is shown; null: all. */
  readonly lengthTicks: number | null
}

/**
 * The edit of a track when it is one of the usual kind: none, or one span at normal speed, perhaps
 * after a pause. null for everything else: several spans, changed speed. (ISO/IEC 14496-12, 8.6.6)
 */
export function readEdit(trak: Buffer, timescales: { movie: number; media: number }): Edit | null {
  const box = findBox(trak, 'edts', 'elst')
  if (!box) return { mediaTime: 0, delayTicks: 0, lengthTicks: null }
  const { version, cursor } = openFullBox(box)
  const count = cursor.readU32()
  if (count < 1 || count > 2) return null
  const entries = Array.from({ length: count }, () => ({
    duration: version === 1 ? cursor.readU64() : cursor.readU32(),
    mediaTime: version === 1 ? cursor.readI64() : cursor.readI32(),
    rate: cursor.readU32(),
  }))
  const toMedia = (ticks: number): number =>
    Math.round((ticks * timescales.media) / timescales.movie)
  const pause = count === 2 ? entries[0] : undefined
  const span = entries.at(-1)
  if (!span || span.mediaTime < 0 || span.rate !== 0x10000) return null
  if (pause && pause.mediaTime !== -1) return null
  return {
    mediaTime: span.mediaTime,
    delayTicks: pause ? toMedia(pause.duration) : 0,
    lengthTicks: span.duration === 0 ? null : toMedia(span.duration),
  }
}
