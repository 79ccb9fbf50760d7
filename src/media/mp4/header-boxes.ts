import { writeBox, writeFullBox, writeU32 } from '../boxes/write-box.ts'

/** What a track shows to whoever opens it: pictures of a size in pixels, or sound. */
export type TrackKind =
  | { readonly kind: 'video'; readonly width: number; readonly height: number }
  | { readonly kind: 'audio' }

const unity = writeU32(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
/** "und", in the packed letters of ISO/IEC 14496-12 section 8.4.2. */
const undefinedLanguage = 0x55c4
const onlyTrack = 1

/** ISO/IEC 14496-12 section 8.2.2; the movie's clock is the track's. */
export function writeMovieHeader(timescale: number, durationTicks: number): Buffer {
  const times = writeU32(0, 0, timescale, durationTicks, 0x10000, 0x01000000, 0, 0)
  return writeFullBox('mvhd', {}, times, unity, Buffer.alloc(24), writeU32(onlyTrack + 1))
}

/** Section 8.3.2: the only track, enabled, not turned. */
export function writeTrackHeader(track: TrackKind, durationTicks: number): Buffer {
  const ids = writeU32(0, 0, onlyTrack, 0, durationTicks, 0, 0)
  const isAudio = track.kind === 'audio'
  const layerAndVolume = writeU32(0, isAudio ? 0x01000000 : 0)
  const size = isAudio ? writeU32(0, 0) : writeU32(track.width * 0x10000, track.height * 0x10000)
  return writeFullBox('tkhd', { flags: 3 }, ids, layerAndVolume, unity, size)
}

/** Section 8.4: the media of a track around its sample table. */
export function writeMedia(
  { kind }: TrackKind,
  { timescale, durationTicks }: { readonly timescale: number; readonly durationTicks: number },
  sampleTable: Buffer,
): Buffer {
  const handler = Buffer.from(kind === 'video' ? 'vide' : 'soun')
  const header =
    kind === 'video'
      ? writeFullBox('vmhd', { flags: 1 }, writeU32(0, 0))
      : writeFullBox('smhd', {}, writeU32(0))
  const reference = writeFullBox('dref', {}, writeU32(1), writeFullBox('url ', { flags: 1 }))
  return writeBox(
    'mdia',
    writeFullBox('mdhd', {}, writeU32(0, 0, timescale, durationTicks, undefinedLanguage * 0x10000)),
    writeFullBox('hdlr', {}, writeU32(0), handler, Buffer.alloc(13)),
    writeBox('minf', header, writeBox('dinf', reference), sampleTable),
  )
}
