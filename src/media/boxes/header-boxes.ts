import { writeBox, writeFullBox, writeU32 } from './write-box.ts'

/** What a track shows to whoever opens it: pictures of a size in square pixels, or sound. */
export type TrackKind =
  | { readonly kind: 'video'; readonly width: number; readonly height: number }
  | { readonly kind: 'audio' }

const unity = writeU32(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
const onlyTrack = 1

/** ISO/IEC 14496-12 section 8.2.2; `lastId` is the highest of its tracks. */
export function writeMovieHeader(timescale: number, durationTicks: number, lastId = 1): Buffer {
  const times = writeU32(0, 0, timescale, durationTicks, 0x10000, 0x01000000, 0, 0)
  return writeFullBox('mvhd', {}, times, unity, Buffer.alloc(24), writeU32(lastId + 1))
}

/**
 * Section 8.3.2: a track that is enabled and not turned; its duration is in the movie's clock. Of
 * several tracks of sound one is to be played: they are a group of alternatives.
 */
export function writeTrackHeader(track: TrackKind, durationTicks: number, id = onlyTrack): Buffer {
  const ids = writeU32(0, 0, id, 0, durationTicks, 0, 0)
  const isAudio = track.kind === 'audio'
  const groupAndVolume = isAudio ? writeU32(1, 0x01000000) : writeU32(0, 0)
  const size = isAudio ? [0, 0] : [track.width, track.height].map(toFixedPoint)
  return writeFullBox('tkhd', { flags: 3 }, ids, groupAndVolume, unity, writeU32(...size))
}

function toFixedPoint(value: number): number {
  return Math.round(value * 0x10000)
}

interface Clock {
  readonly timescale: number
  readonly durationTicks: number
  /** Three letters (ISO 639-2/T). */
  readonly language?: string
  /** BCP 47: section 8.4.6, written where it is told. */
  readonly extendedLanguage?: string
}

const handlers = {
  video: { type: 'vide', name: 'VideoHandler' },
  audio: { type: 'soun', name: 'SoundHandler' },
} as const

/** Section 8.4: the media of a track around its sample table. */
export function writeMedia(
  { kind }: TrackKind,
  { timescale, durationTicks, language = 'und', extendedLanguage }: Clock,
  sampleTable: Buffer,
): Buffer {
  const packed = Buffer.from(language).reduce((sum, letter) => (sum << 5) | (letter - 0x60), 0)
  const { type, name } = handlers[kind]
  const handler = Buffer.from(`${type}${'\0'.repeat(12)}${name}\0`)
  const header =
    kind === 'video'
      ? writeFullBox('vmhd', { flags: 1 }, writeU32(0, 0))
      : writeFullBox('smhd', {}, writeU32(0))
  const reference = writeFullBox('dref', {}, writeU32(1), writeFullBox('url ', { flags: 1 }))
  return writeBox(
    'mdia',
    writeFullBox('mdhd', {}, writeU32(0, 0, timescale, durationTicks, packed * 0x10000)),
    writeFullBox('hdlr', {}, writeU32(0), handler),
    ...(extendedLanguage ? [writeFullBox('elng', {}, Buffer.from(`${extendedLanguage}\0`))] : []),
    writeBox('minf', header, writeBox('dinf', reference), sampleTable),
  )
}
