import { type AttributeValue, writeAttributes } from '../tracks/hls-attributes.ts'
import { nameLanguage, toLanguageTag } from '../tracks/language.ts'

/** An HLS file as the multivariant playlist names it. */
export interface SingleFileTrack {
  /** Name of its media playlist, beside the multivariant one. */
  readonly playlistName: string
  /** null: sound alone. */
  readonly video: {
    /** Pixels as stored. */
    readonly width: number
    readonly height: number
    /** null where it is not known. */
    readonly fps: number | null
    /** RFC 6381. */
    readonly codecs: string
  } | null
  /** null: pictures alone. */
  readonly audio: { readonly codecs: string; readonly channels: number } | null
  /** Bits per second: of the densest run of segments, and of the whole. */
  readonly peakBps: number
  readonly averageBps: number
  readonly independent: boolean
}

interface Options {
  /** Of the sound; BCP 47. Default: not known. */
  readonly language?: string
}

/**
 * The multivariant playlist of HLS files (D-67; runner protocol 6.6), by the rules of RFC 8216: its
 * version is that of fMP4 byte ranges, BANDWIDTH is the peak (WD20). Pictures from the smallest up;
 * a file of sound is the audio group of files without, and a variant only where it is alone.
 */
export function writeSingleFileMaster(
  tracks: readonly SingleFileTrack[],
  { language = 'und' }: Options = {},
): string {
  const pictures = tracks.filter(({ video }) => video !== null)
  const sound = tracks.find(({ video }) => video === null) ?? null
  const variants = pictures.length > 0 ? pictures.toSorted(bySize) : sound ? [sound] : []
  const isApart = sound !== null && pictures.some(({ audio }) => audio === null)
  return [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    ...(tracks.every(({ independent }) => independent) ? ['#EXT-X-INDEPENDENT-SEGMENTS'] : []),
    ...(isApart ? [writeSound(sound, language)] : []),
    ...variants.flatMap((track) => writeVariant(track, isApart ? sound : null)),
    '',
  ].join('\n')
}

function bySize(a: SingleFileTrack, b: SingleFileTrack): number {
  const pixels = ({ video }: SingleFileTrack) => (video ? video.width * video.height : 0)
  return pixels(a) - pixels(b) || a.peakBps - b.peakBps
}

const groupId = 'audio'

function writeSound({ audio, playlistName }: SingleFileTrack, language: string): string {
  const attributes = writeAttributes({
    TYPE: 'AUDIO',
    'GROUP-ID': { quoted: groupId },
    LANGUAGE: { quoted: toLanguageTag(language) },
    NAME: { quoted: nameLanguage(language) },
    DEFAULT: 'YES',
    AUTOSELECT: 'YES',
    CHANNELS: { quoted: String(audio?.channels ?? 2) },
    URI: { quoted: playlistName },
  })
  return `#EXT-X-MEDIA:${attributes}`
}

/** The rates of sound that is apart count too: a player fetches both. */
function writeVariant(track: SingleFileTrack, sound: SingleFileTrack | null): string[] {
  const beside = track.audio === null ? sound : null
  const heard = track.audio ?? beside?.audio
  const codecs = [track.video?.codecs, heard?.codecs].filter((each) => each !== undefined)
  const attributes = writeAttributes({
    BANDWIDTH: track.peakBps + (beside?.peakBps ?? 0),
    'AVERAGE-BANDWIDTH': track.averageBps + (beside?.averageBps ?? 0),
    CODECS: { quoted: codecs.join(',') },
    ...describePicture(track.video),
    AUDIO: beside ? { quoted: groupId } : undefined,
    'CLOSED-CAPTIONS': track.video ? 'NONE' : undefined,
  })
  return [`#EXT-X-STREAM-INF:${attributes}`, track.playlistName]
}

function describePicture(
  video: SingleFileTrack['video'],
): Record<string, AttributeValue | undefined> {
  if (!video) return {}
  const { width, height, fps } = video
  return { RESOLUTION: `${width}x${height}`, 'FRAME-RATE': fps?.toFixed(3) }
}
