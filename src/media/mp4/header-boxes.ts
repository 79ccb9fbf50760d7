import { writeBox, writeFullBox, writeU32 } from '../boxes/write-box.ts'

/** What a track shows to whoever opens it: pictures of a size in pixels, or sound. */
export type TrackKind =
  | { readonly kind: 'video'; readonly width: number; readonly height: number }
  | { readonly kind: 'audio' }

const unity = writeU32(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
const onlyTrack = 1

/** ISO/IEC 14496-12 section 8.2.2; of one track, the movie's clock is the track's. */
export function writeMovieHeader(timescale: number, durationTicks: number, tracks = 1): Buffer {
  const times = writeU32(0, 0, timescale, durationTicks, 0x10000, 0x01000000, 0, 0)
  return writeFullBox('mvhd', {}, times, unity, Buffer.alloc(24), writeU32(tracks + 1))
}

/** Section 8.3.2: a track that is enabled and not turned; its duration is in the movie's clock. */
export function writeTrackHeader(track: TrackKind, durationTicks: number, id = onlyTrack): Buffer {
  const ids = writeU32(0, 0, id, 0, durationTicks, 0, 0)
  const isAudio = track.kind === 'audio'
  const layerAndVolume = writeU32(0, isAudio ? 0x01000000 : 0)
  const size = isAudio ? writeU32(0, 0) : writeU32(track.width * 0x10000, track.height * 0x10000)
  return writeFullBox('tkhd', { flags: 3 }, ids, layerAndVolume, unity, size)
}

interface Clock {
  readonly timescale: number
  readonly durationTicks: number
  /** Three letters (ISO 639-2/T). */
  readonly language?: string
}

/** Section 8.4: the media of a track around its sample table. */
export function writeMedia(
  { kind }: TrackKind,
  { timescale, durationTicks, language = 'und' }: Clock,
  sampleTable: Buffer,
): Buffer {
  const packed = Buffer.from(language).reduce((sum, letter) => (sum << 5) | (letter - 0x60), 0)
  const handler = Buffer.from(kind === 'video' ? 'vide' : 'soun')
  const header =
    kind === 'video'
      ? writeFullBox('vmhd', { flags: 1 }, writeU32(0, 0))
      : writeFullBox('smhd', {}, writeU32(0))
  const reference = writeFullBox('dref', {}, writeU32(1), writeFullBox('url ', { flags: 1 }))
  return writeBox(
    'mdia',
    writeFullBox('mdhd', {}, writeU32(0, 0, timescale, durationTicks, packed * 0x10000)),
    writeFullBox('hdlr', {}, writeU32(0), handler, Buffer.alloc(13)),
    writeBox('minf', header, writeBox('dinf', reference), sampleTable),
  )
}
