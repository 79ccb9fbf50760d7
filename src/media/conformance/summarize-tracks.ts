import type { MeasuredTrack } from './measure/facts.ts'
import { countSamples, totalSeconds } from './measure/track-times.ts'
import {
  listPlaylists,
  type MeasuredPlaylist,
  type MeasuredRepresentation,
  type Output,
} from './model.ts'
import type { DeclaredRates, TrackReport } from './report.ts'
import { listVariantRates, measureRates, measureSegmentRates } from './rules/variant-rates.ts'

/** The facts of every track: media playlists first, then Representations that are not the same. */
export function summarizeTracks(output: Output): TrackReport[] {
  const declared = listDeclared(output)
  const playlists = listPlaylists(output).map((one) => summarizePlaylist(one, declared))
  const representations = output.dash
    .flatMap(({ tracks }) => tracks)
    .filter(({ sharedWithHls }) => !sharedWithHls)
  return [...playlists, ...representations.map(summarizeRepresentation)]
}

/** By address of the variant's playlist. */
function listDeclared(output: Output): Map<string, DeclaredRates> {
  const rates = listVariantRates(output).map(
    ({ variant, peakBps, averageBps }) =>
      [
        variant.address,
        {
          bandwidthBps: variant.bandwidthBps,
          averageBandwidthBps: variant.averageBandwidthBps,
          measuredPeakBps: Math.round(peakBps),
          measuredAverageBps: Math.round(averageBps),
        },
      ] as const,
  )
  return new Map(rates)
}

function summarizePlaylist(
  measured: MeasuredPlaylist,
  declared: ReadonlyMap<string, DeclaredRates>,
): TrackReport {
  return {
    ...summarize(measured.track),
    role: measured.role,
    // A range holds the head of a fragment that tells of all its pictures, and one of them.
    ...(measured.role === 'iframes' ? { frames: measured.track.segments.length } : {}),
    ...roundRates(measureRates(measured)),
    declared: declared.get(measured.playlist.address) ?? null,
  }
}

function summarizeRepresentation({ track, representation }: MeasuredRepresentation): TrackReport {
  const rates = roundRates(measureSegmentRates(track, null))
  return {
    ...summarize(track),
    role: representation.contentType,
    ...rates,
    declared: {
      bandwidthBps: representation.bandwidthBps,
      averageBandwidthBps: null,
      measuredPeakBps: rates.peakBps,
      measuredAverageBps: rates.averageBps,
    },
  }
}

function roundRates({ averageBps, peakBps }: { averageBps: number; peakBps: number }) {
  return { averageBps: Math.round(averageBps), peakBps: Math.round(peakBps) }
}

function summarize(track: MeasuredTrack) {
  const video = track.streams.find(({ kind }) => kind === 'video')
  return {
    name: track.name,
    container: track.container,
    codecs: track.streams.map(({ codecs, entry }) => codecs ?? entry),
    width: video?.width ?? null,
    height: video?.height ?? null,
    segments: track.segments.length,
    frames: countSamples(track),
    durationSeconds: totalSeconds(track),
    bytes: track.segments.reduce((sum, { bytes }) => sum + bytes, 0),
    decodedFrames: null,
  }
}
