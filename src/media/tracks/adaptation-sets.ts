import { reduce } from '../rational.ts'
import { measureBitRates } from './bit-rates.ts'
import { toLanguageTag } from './language.ts'
import { addressOf, initName } from './paths.ts'
import { foldTimeline } from './segment-timeline.ts'
import { type TextTrack, wholeTextName } from './text-track.ts'
import type { AudioTrack, Track, VideoTrack } from './track.ts'

/**
 * An element for xmlbuilder2: names with "@" are attributes, the others are children, in the order
 * that the schema of DASH wants.
 */
export type Element = Readonly<Record<string, unknown>>

const roleScheme = 'urn:mpeg:dash:role:2011'
const channelScheme = 'urn:mpeg:mpegB:cicp:ChannelConfiguration'

/** ISO/IEC 23091-3 table 2: up to 6 the layout has the number of its channels. */
const channelConfigurations: Readonly<Record<number, number>> = { 7: 11, 8: 12 }

/**
 * An AdaptationSet per codec: within it players switch freely, so its tracks must have the very
 * same segment boundaries; tracks that differ in that get a set of their own.
 */
export function describeVideoSets(tracks: readonly VideoTrack[]): Element[] {
  const sets = Map.groupBy(tracks, (track) =>
    [
      track.codecs.split('.')[0],
      track.timescale,
      JSON.stringify(foldTimeline(track.segments)),
    ].join(),
  )
  return [...sets.values()].map((members) => ({
    ...describeSet('video', members),
    Role: { '@schemeIdUri': roleScheme, '@value': 'main' },
    SegmentTemplate: describeTemplate(members[0]),
    Representation: members.map(describeVideo),
  }))
}

/** An AdaptationSet per source track of sound: they are never exchanged for each other unasked. */
export function describeAudioSet(track: AudioTrack, isMain: boolean): Element {
  const configuration = channelConfigurations[track.channels] ?? track.channels
  return {
    ...describeSet('audio', [track]),
    '@lang': toLanguageTag(track.language),
    ...(track.title ? { Label: track.title } : {}),
    Role: { '@schemeIdUri': roleScheme, '@value': isMain ? 'main' : 'alternate' },
    SegmentTemplate: describeTemplate(track),
    Representation: {
      ...describeRepresentation(track),
      '@audioSamplingRate': track.sampleRate,
      AudioChannelConfiguration: { '@schemeIdUri': channelScheme, '@value': configuration },
    },
  }
}

/** ISO/IEC 23009-1 section 5.3.3; a text of its own beside the segments, as a whole file. */
export function describeTextSet({ name, language, title }: Omit<TextTrack, 'cues'>): Element {
  return {
    '@contentType': 'text',
    '@mimeType': 'text/vtt',
    '@lang': toLanguageTag(language),
    ...(title ? { Label: title } : {}),
    Role: { '@schemeIdUri': roleScheme, '@value': 'subtitle' },
    // What the file weighs is next to nothing, and a rate must be said.
    Representation: { '@id': name, '@bandwidth': 2000, BaseURL: addressOf(name, wholeTextName) },
  }
}

function describeSet(contentType: Track['kind'], members: readonly Track[]): Element {
  const videos = members.filter((track): track is VideoTrack => track.kind === 'video')
  const largest = (size: 'width' | 'height') => Math.max(...videos.map((track) => track[size]))
  return {
    '@contentType': contentType,
    '@mimeType': `${contentType}/mp4`,
    '@segmentAlignment': 'true',
    '@startWithSAP': 1,
    ...(videos.length > 0
      ? { '@maxWidth': largest('width'), '@maxHeight': largest('height') }
      : {}),
  }
}

/** Times are as presented, so that no presentationTimeOffset is needed. */
function describeTemplate(track: Track | undefined): Element {
  const runs = foldTimeline(track?.segments ?? [])
  return {
    '@timescale': track?.timescale ?? 1,
    '@startNumber': 0,
    '@initialization': `$RepresentationID$/${initName}`,
    '@media': '$RepresentationID$/$Number$.m4s',
    SegmentTimeline: {
      S: runs.map(({ t, d, r }, index) => ({
        ...(index === 0 ? { '@t': t } : {}),
        '@d': d,
        ...(r > 0 ? { '@r': r } : {}),
      })),
    },
  }
}

function describeVideo(track: VideoTrack): Element {
  const [numerator, denominator] = reduce(track.frameRate)
  return {
    ...describeRepresentation(track),
    '@width': track.width,
    '@height': track.height,
    '@sar': '1:1',
    '@frameRate': denominator === 1 ? numerator : `${numerator}/${denominator}`,
  }
}

function describeRepresentation(track: Track): Element {
  const { peakBps } = measureBitRates(track)
  return { '@id': track.name, '@codecs': track.codecs, '@bandwidth': peakBps }
}
