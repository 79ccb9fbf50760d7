import { create } from 'xmlbuilder2'
import { describeAudioSet, describeTextSet, describeVideoSets } from './adaptation-sets.ts'
import { roundTargetDuration } from './bit-rates.ts'
import type { TextTrack } from './text-track.ts'
import type { AudioTrack, Track, VideoTrack } from './track.ts'

const profiles = 'urn:mpeg:dash:profile:isoff-live:2011,urn:mpeg:dash:profile:cmaf:2019'

/**
 * The MPEG-DASH manifest of a finished video (ISO/IEC 23009-1): profile isoff-live, static, one
 * Period, the same segments as the HLS playlists. Lies beside the tracks' folders. Tracks without
 * segments must not be given.
 */
export function writeManifest(
  tracks: readonly Track[],
  texts: readonly Omit<TextTrack, 'cues'>[] = [],
): string {
  const videos = tracks.filter((track): track is VideoTrack => track.kind === 'video')
  const sounds = tracks.filter((track): track is AudioTrack => track.kind === 'audio')
  const theDefault = sounds.find((track) => track.isDefault) ?? sounds[0]
  const sets = [
    ...describeVideoSets(videos),
    ...sounds.map((track) => describeAudioSet(track, track === theDefault)),
    ...texts.map(describeTextSet),
  ]
  const duration = writeDuration(Math.max(0, ...tracks.map(measureSeconds)))
  const longestSegment = Math.max(1, ...tracks.map(measureTarget))
  const manifest = {
    '@xmlns': 'urn:mpeg:dash:schema:mpd:2011',
    '@profiles': profiles,
    '@type': 'static',
    '@mediaPresentationDuration': duration,
    '@minBufferTime': writeDuration(longestSegment),
    '@maxSegmentDuration': writeDuration(longestSegment + 1),
    Period: {
      '@id': '0',
      '@start': 'PT0S',
      '@duration': duration,
      AdaptationSet: sets.map((set, id) => ({ '@id': id, ...set })),
    },
  }
  // Titles are anybody's text: what XML cannot hold at all is left out.
  const options = { version: '1.0', encoding: 'UTF-8', invalidCharReplacement: '' } as const
  return `${create(options, { MPD: manifest }).end({ prettyPrint: true })}\n`
}

function measureSeconds({ segments, timescale }: Track): number {
  return segments.reduce((sum, segment) => sum + segment.durationTicks, 0) / timescale
}

function measureTarget({ segments, timescale }: Track): number {
  return roundTargetDuration(segments, timescale)
}

/** xs:duration in seconds, to the nanosecond: finer than any timescale's ticks. */
function writeDuration(seconds: number): string {
  return `PT${seconds.toFixed(9).replace(/\.?0+$/, '')}S`
}
