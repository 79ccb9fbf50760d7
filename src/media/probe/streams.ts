import { type RawHeader, type RawStream, readField, readNumberField } from './header.ts'

/** The streams of a file that are worth anything, in the order of the file. */
export interface UsedStreams {
  readonly video: RawStream | null
  readonly audio: readonly RawStream[]
  readonly subtitles: readonly RawStream[]
}

/**
 * Picks what is used: one video stream (that which the file marks as default, then the largest),
 * every audio stream, every subtitle. Cover art is no video, whatever its codec; a film in MJPEG,
 * PNG or GIF is one (WD27). Streams that ffmpeg cannot name, and sound without channels, are none,
 * nor is what belongs to other programmes of a recording than the picked pictures do.
 */
export function pickStreams({ streams, programs }: RawHeader): UsedStreams {
  const known = streams.filter((stream) => readField(stream, 'codec_name') !== null)
  const ofType = (type: string) => known.filter((stream) => stream.codec_type === type)
  const videos = ofType('video').filter((stream) => isFilm(stream))
  videos.sort((a, b) => readDefault(b) - readDefault(a) || countPixels(b) - countPixels(a))
  const video = videos[0] ?? null
  const isForeign = tellForeign(programs, video)
  return {
    video,
    audio: ofType('audio').filter((stream) => isHeard(stream) && !isForeign(stream)),
    subtitles: ofType('subtitle').filter((stream) => !isForeign(stream)),
  }
}

/** Tells the streams of other programmes; without pictures, or outside of all, there are none. */
function tellForeign(
  programs: RawHeader['programs'],
  video: RawStream | null,
): (stream: RawStream) => boolean {
  const own = programs.filter((program) => video !== null && program.includes(readIndex(video)))
  if (own.length === 0) return () => false
  return (stream) => {
    const holds = (program: readonly number[]) => program.includes(readIndex(stream))
    return programs.some(holds) && !own.some(holds)
  }
}

function isHeard(stream: RawStream): boolean {
  const [channels, sampleRate] = ['channels', 'sample_rate'].map((name) =>
    readNumberField(stream, name),
  )
  return (channels ?? 0) > 0 && (sampleRate ?? 0) > 0
}

function isFilm(stream: RawStream): boolean {
  const { disposition } = stream
  return (
    disposition.attached_pic !== 1 && disposition.timed_thumbnails !== 1 && countPixels(stream) > 0
  )
}

function readDefault(stream: RawStream): number {
  return stream.disposition.default === 1 ? 1 : 0
}

/** Pixels of the stored picture; 0 when the size is not known. */
export function countPixels(stream: RawStream): number {
  return (readNumberField(stream, 'width') ?? 0) * (readNumberField(stream, 'height') ?? 0)
}

/** The index in the file: `-map 0:INDEX`. */
export function readIndex(stream: RawStream): number {
  return readNumberField(stream, 'index') ?? 0
}
