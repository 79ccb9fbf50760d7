import type { MovieSample } from '../mp4/write-movie.ts'
import type { SourcePicture } from './place-pictures.ts'

interface Wanted {
  /** In the order of decoding. */
  readonly pictures: readonly SourcePicture[]
  /** Per frame that is shown, the index of its picture; the same again where it is held. */
  readonly shown: readonly number[]
  readonly frameTicks: number
}

interface Timed {
  readonly samples: readonly MovieSample[]
  readonly edit: { readonly mediaTime: number; readonly durationTicks: number }
}

/**
 * Gives pictures the times at which a player shows exactly the wanted ones, one frame after the
 * other from 0: those that are only decoded lie before the edit or after it. What comes after the
 * last wanted picture is not needed by anything and left out. Only the first is marked as a key, so
 * that nobody starts anywhere else.
 */
export function timeSamples({ pictures, shown, frameTicks }: Wanted): Timed {
  const needed = pictures.slice(0, Math.max(...shown) + 1)
  const { places, before } = placeInOrder(needed, shown)
  const decoded = places.toSorted((a, b) => a - b)
  // No picture may be shown before it is decoded.
  const delay = Math.max(...places.map((place, index) => (decoded[index] ?? 0) - place))
  const end = Math.max((decoded.at(-1) ?? 0) + 1, before + shown.length)
  return {
    samples: needed.map(({ bytes }, index) => {
      const place = decoded[index] ?? 0
      return {
        bytes,
        isSync: index === 0,
        durationTicks: ((decoded[index + 1] ?? end) - place) * frameTicks,
        compositionOffset: (delay + (places[index] ?? 0) - place) * frameTicks,
      }
    }),
    edit: {
      mediaTime: (delay + before) * frameTicks,
      durationTicks: shown.length * frameTicks,
    },
  }
}

/** The frame of the file at which each picture lies, and how many lie before those that are shown. */
function placeInOrder(pictures: readonly SourcePicture[], shown: readonly number[]) {
  const firstFrames = new Map<number, number>()
  for (const [frame, index] of shown.entries()) {
    if (!firstFrames.has(index)) firstFrames.set(index, frame)
  }
  const lastPts = pictures[shown.at(-1) ?? 0]?.pts ?? 0
  const isAfter = (index: number): boolean => (pictures[index]?.pts ?? 0) > lastPts
  const indexes = pictures.map((_, index) => index)
  const hidden = indexes.filter((index) => !firstFrames.has(index))
  const inTime = hidden.toSorted((a, b) => (pictures[a]?.pts ?? 0) - (pictures[b]?.pts ?? 0))
  const before = inTime.filter((index) => !isAfter(index))
  const after = inTime.filter(isAfter)
  const afterShown = before.length + shown.length
  const places = indexes.map((index) => {
    const frame = firstFrames.get(index)
    if (frame !== undefined) return before.length + frame
    return isAfter(index) ? afterShown + after.indexOf(index) : before.indexOf(index)
  })
  return { places, before: before.length }
}
