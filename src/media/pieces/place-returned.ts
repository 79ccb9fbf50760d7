import { readBoxes, requireOneBox } from '../boxes/box.ts'
import { readNalHeaders } from '../boxes/nal-units.ts'
import { refuse } from '../boxes/refuse.ts'
import { type MovieTrack, parseMovie } from '../mp4/parse-movie.ts'
import type { PlacedPicture } from './join-pictures.ts'

/** An encoder that rounds a last time up shows a picture again: so many more may come. */
const surplusFrames = 2
const lengthBytes = 4

/** The only track of a small MP4 by a stranger: pictures, and not more than a few too many. */
export function readReturned(bytes: Buffer, frames: number): MovieTrack {
  const moov = requireOneBox(bytes, 'moov').body
  if (readBoxes(bytes).some(({ type }) => type === 'moof')) refuse('The file is in fragments.')
  const maxSamples = frames + surplusFrames
  const track = parseMovie(moov, { maxSamples, fileBytes: bytes.length })
  if (track.handler !== 'vide') refuse('The track is not pictures.', { handler: track.handler })
  if (track.samples.length < frames) {
    const found = track.samples.length
    refuse('Pictures are missing.', { expected: frames, found })
  }
  return track
}

/**
 * The pictures of H.264 in a file, each at the frame that it is shown at: its place among the times
 * of showing, which must follow each other at the frame rate. Those too many at the end are left out
 * where nothing refers to them. Fails with `segment_refused`.
 */
export function placeReturned(
  bytes: Buffer,
  { samples, timescale }: MovieTrack,
  { frames, framesPerSecond }: { readonly frames: number; readonly framesPerSecond: number },
): PlacedPicture[] {
  const times = samples.map(({ presentationTime }) => presentationTime).toSorted((a, b) => a - b)
  checkRate(times, timescale / framesPerSecond)
  const frameAt = new Map(times.map((time, frame) => [time, frame]))
  const placed = samples.map(({ offset, bytes: size, presentationTime }) => {
    const data = bytes.subarray(offset, offset + size)
    return { data, frame: frameAt.get(presentationTime) ?? 0, isIdr: isIdr(data) }
  })
  return dropSurplus(placed, frames)
}

function checkRate(times: readonly number[], frameTicks: number): void {
  const first = times[0] ?? 0
  for (const [frame, time] of times.entries()) {
    if (Math.abs(time - first - frame * frameTicks) < frameTicks / 2) continue
    refuse('The pictures do not follow each other at the rate that was ordered.', { frame })
  }
}

function isIdr(data: Buffer): boolean {
  return readNalHeaders(data, lengthBytes).some((header) => (header & 31) === 5)
}

/** ITU-T H.264 section 7.4.1: `nal_ref_idc` 0 is a picture that no other refers to. */
function isReferredTo(data: Buffer): boolean {
  return readNalHeaders(data, lengthBytes).some((header) => {
    const type = header & 31
    return type >= 1 && type <= 5 && (header & 0x60) !== 0
  })
}

function dropSurplus(placed: PlacedPicture[], frames: number): PlacedPicture[] {
  return placed.filter(({ data, frame }, index) => {
    if (frame < frames) return true
    const isFollowed = placed.slice(index + 1).some((picture) => picture.frame < frames)
    if (isFollowed && isReferredTo(data)) refuse('There is a picture too many, and others need it.')
    return false
  })
}
