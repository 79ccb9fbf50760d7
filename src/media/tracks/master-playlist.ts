import { toNumber } from '../rational.ts'
import { type AudioGroup, groupAudio } from './audio-groups.ts'
import { measureBitRates } from './bit-rates.ts'
import { type AttributeValue, writeAttributes } from './hls-attributes.ts'
import { writeIframeVariant } from './iframe-variant.ts'
import { toLanguageTag } from './language.ts'
import { addressOf, mediaPlaylistName } from './paths.ts'
import type { AudioTrack, Track, VideoTrack } from './track.ts'
import { orderVariants, type Variant } from './variant-order.ts'

/** Text tracks beside the pictures, each with a media playlist of its own. */
export interface SubtitleRendition {
  /** Folder in the output, with an `index.m3u8`. */
  readonly name: string
  readonly language: string
  readonly title: string
  readonly isDefault: boolean
}

interface Options {
  readonly subtitles?: readonly SubtitleRendition[]
  /** False while the video is being encoded: I-frame playlists come at the end. Default: true. */
  readonly ended?: boolean
  /** Whole seconds, as in the media playlists; for the peaks. */
  readonly targetDurationSeconds?: number
}

/**
 * The multivariant playlist (RFC 8216 section 4.3.4): a variant per video track and audio codec, or
 * of the sound alone where there are no pictures. Rates are measured: BANDWIDTH is the largest sum
 * of peaks of any combination (Apple's rule 9.13). Everything is SDR, so VIDEO-RANGE is left out
 * (rule 9.16). Tracks without segments must not be given.
 */
export function writeMasterPlaylist(tracks: readonly Track[], options: Options = {}): string {
  const { subtitles = [], ended = true, targetDurationSeconds } = options
  const videos = tracks.filter((track): track is VideoTrack => track.kind === 'video')
  const sounds = tracks.filter((track): track is AudioTrack => track.kind === 'audio')
  const groups = groupAudio(sounds, targetDurationSeconds)
  const isAlone = videos.length === 0 && sounds.length === 1
  const variants =
    videos.length > 0 ? combine(videos, groups, targetDurationSeconds) : groups.map(toSoundVariant)
  return [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    '#EXT-X-INDEPENDENT-SEGMENTS',
    ...(isAlone ? [] : groups.flatMap(writeAudioMedia)),
    ...subtitles.map(writeSubtitleMedia),
    ...orderVariants(variants).flatMap((variant) => writeVariant(variant, { isAlone, subtitles })),
    ...(ended ? videos.map(writeIframeVariant) : []),
    '',
  ].join('\n')
}

/** Every video track with every group of sound, or alone where there is none. */
function combine(
  videos: readonly VideoTrack[],
  groups: readonly AudioGroup[],
  targetSeconds: number | undefined,
): Variant[] {
  return videos.flatMap((track) => {
    const { peakBps, averageBps } = measureBitRates(track, targetSeconds)
    const beside: readonly (AudioGroup | null)[] = groups.length > 0 ? groups : [null]
    return beside.map((group) => ({
      track,
      group,
      codecs: group ? `${track.codecs},${group.codecs}` : track.codecs,
      peakBps: peakBps + (group?.peakBps ?? 0),
      averageBps: averageBps + (group?.averageBps ?? 0),
    }))
  })
}

function toSoundVariant(group: AudioGroup): Variant {
  const { peakBps, averageBps, codecs, members } = group
  const track = (members.find((member) => member.isDefault) ?? members[0])?.track
  if (!track) throw new TypeError('an audio group has no members')
  return { track, group, codecs, peakBps, averageBps }
}

function writeVariant(
  { track, group, codecs, peakBps, averageBps }: Variant,
  { isAlone, subtitles }: { isAlone: boolean; subtitles: readonly SubtitleRendition[] },
): string[] {
  const attributes: Record<string, AttributeValue | undefined> = {
    BANDWIDTH: peakBps,
    'AVERAGE-BANDWIDTH': averageBps,
    CODECS: { quoted: codecs },
    ...(track.kind === 'video' ? describePicture(track) : {}),
    AUDIO: group && !isAlone ? { quoted: group.codecs } : undefined,
    SUBTITLES: subtitles.length > 0 ? { quoted: 'subtitles' } : undefined,
    'CLOSED-CAPTIONS': track.kind === 'video' ? 'NONE' : undefined,
  }
  const uri = addressOf(track.name, mediaPlaylistName)
  return [`#EXT-X-STREAM-INF:${writeAttributes(attributes)}`, uri]
}

function describePicture(track: VideoTrack): Record<string, AttributeValue> {
  return {
    RESOLUTION: `${track.width}x${track.height}`,
    'FRAME-RATE': toNumber(track.frameRate).toFixed(3),
  }
}

function writeAudioMedia({ codecs, members }: AudioGroup): string[] {
  return members.map(({ track, name, isDefault, isAutoselected }) => {
    const attributes = writeAttributes({
      TYPE: 'AUDIO',
      'GROUP-ID': { quoted: codecs },
      LANGUAGE: { quoted: toLanguageTag(track.language) },
      NAME: { quoted: name },
      DEFAULT: isDefault ? 'YES' : 'NO',
      AUTOSELECT: isAutoselected ? 'YES' : 'NO',
      CHANNELS: { quoted: String(track.channels) },
      URI: { quoted: addressOf(track.name, mediaPlaylistName) },
    })
    return `#EXT-X-MEDIA:${attributes}`
  })
}

function writeSubtitleMedia({ name, language, title, isDefault }: SubtitleRendition): string {
  const attributes = writeAttributes({
    TYPE: 'SUBTITLES',
    'GROUP-ID': { quoted: 'subtitles' },
    LANGUAGE: { quoted: toLanguageTag(language) },
    NAME: { quoted: title },
    DEFAULT: isDefault ? 'YES' : 'NO',
    AUTOSELECT: 'YES',
    FORCED: 'NO',
    URI: { quoted: addressOf(name, mediaPlaylistName) },
  })
  return `#EXT-X-MEDIA:${attributes}`
}
