import { writeMedia, writeMovieHeader, writeTrackHeader } from './header-boxes.ts'
import { type ParsedInit, parseInit } from './parse-init.ts'
import { writeBox, writeFullBox, writeU32 } from './write-box.ts'
import type { Look } from './write-look.ts'
import { writeSampleEntry } from './write-sample-entry.ts'

/** What an init segment says that is not its encoder's to say. */
export interface InitOptions {
  /**
   * Media time that is presented at 0, in the track's timescale: of sound, the encoder's priming,
   * which is decoded and not heard; of pictures, what `rewriteFragment` was told. 0: no edit list.
   */
  readonly leadTicks?: number
  /** BCP 47; left out when unknown. */
  readonly language?: string
  /** Of pictures. Left out: square pixels, and nothing is told of their colour. */
  readonly look?: Look
}

/** Of the movie, which has no duration that would be counted in it. */
const movieTimescale = 1000

/**
 * The init segment of a track for CMAF, made from an encoder's: brands of CMAF, no samples, `mvex`
 * with `trex`, and an edit list only where there is a lead to skip (ISO/IEC 23000-19 sections 7.3.1
 * and 7.5). The timescale, the track id, the size or the sound's format and the codec's
 * configuration stay. All else is as ffmpeg 5.1 writes it or as the options say, whatever the encoder
 * wrote: nothing is turned, hidden, named or dated. Two inits of the same parameter sets are equal,
 * whichever build of ffmpeg made them, on whichever machine.
 */
export function writeInit(
  bytes: Buffer,
  { leadTicks = 0, language, look }: InitOptions = {},
): Buffer {
  const init = parseInit(bytes)
  const { trackId, timescale, codec } = init
  const track = describeTrack(init, look)
  const clock = { timescale, durationTicks: 0, ...(language ? writtenLanguage(language) : {}) }
  // ISO/IEC 14496-12 section 8.8.3.1: sync or not is said in each fragment.
  const trex = writeFullBox('trex', {}, writeU32(trackId, 1, 0, 0, 0))
  return Buffer.concat([
    writeFileType([
      // Its section 7.2: no edit lists in tracks of this brand.
      ...(leadTicks > 0 ? [] : ['cmf2']),
      ...(codec === 'av1' ? ['av01'] : []),
    ]),
    writeBox(
      'moov',
      writeMovieHeader(movieTimescale, 0, trackId),
      writeBox(
        'trak',
        writeTrackHeader(track, 0, trackId),
        ...(leadTicks > 0 ? [writeEditList(leadTicks)] : []),
        writeMedia(track, clock, writeSampleTable(writeSampleEntry(init, look))),
      ),
      writeBox('mvex', trex),
    ),
  ])
}

/** The size in `tkhd` is that which is shown (ISO/IEC 14496-12 section 8.3.2.3). */
function describeTrack(init: ParsedInit, look: Look | undefined) {
  if (init.kind === 'audio') return { kind: init.kind }
  const [horizontal, vertical] = look?.pixelAspect ?? [1, 1]
  return { kind: init.kind, width: (init.width * horizontal) / vertical, height: init.height }
}

/** `mdhd` has room for three letters: a two-letter language is only in `elng`. */
function writtenLanguage(extendedLanguage: string) {
  const language = /^[a-z]{3}(?=$|-)/.exec(extendedLanguage)?.[0] ?? 'und'
  return { language, extendedLanguage }
}

function writeFileType(more: readonly string[]): Buffer {
  const brands = ['iso6', 'cmfc', ...more].join('')
  return writeBox('ftyp', Buffer.from('iso6'), writeU32(0), Buffer.from(brands))
}

/** One edit: from `mediaTime` on, to the end of whatever fragments follow (duration 0). */
function writeEditList(mediaTime: number): Buffer {
  return writeBox('edts', writeFullBox('elst', {}, writeU32(1, 0, mediaTime, 0x10000)))
}

function writeSampleTable(sampleEntry: Buffer): Buffer {
  const none = (type: string) => writeFullBox(type, {}, writeU32(0))
  return writeBox(
    'stbl',
    writeFullBox('stsd', {}, writeU32(1), sampleEntry),
    none('stts'),
    none('stsc'),
    writeFullBox('stsz', {}, writeU32(0, 0)),
    none('stco'),
  )
}
