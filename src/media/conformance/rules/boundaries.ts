import type { MeasuredTrack } from '../measure/facts.ts'
import { mainSpan, sampleSeconds } from '../measure/track-times.ts'
import {
  type HlsPresentation,
  listPlaylists,
  type MeasuredPlaylist,
  type Output,
} from '../model.ts'
import { claimsCmaf } from './cmaf-brands.ts'
import type { Rule } from './rule.ts'

/** Apple 8.22: segments of all renditions begin at the same times, sound within one frame. */
const boundariesAreAligned: Rule = {
  id: '8.22',
  severity: 'warning',
  title: 'Segments of all renditions begin at the same times',
  *find(output) {
    for (const presentation of output.hls) {
      const [first, ...others] = listStreams(presentation)
      if (!first) continue
      for (const other of others) yield* compare(first.track, other.track)
    }
  },
}

/** ISO/IEC 23000-19 clause 7.3.4: tracks that a player may switch between have equal boundaries. */
const switchingSetsAreAligned: Rule = {
  id: 'CMAF-switching-set',
  severity: 'error',
  title: 'CMAF tracks of a switching set have identical fragment boundaries',
  *find(output) {
    for (const tracks of listSwitchingSets(output)) {
      const [first, ...others] = tracks
      if (!first) continue
      for (const other of others) yield* compare(first, other)
    }
  },
}

function listStreams({ playlists }: HlsPresentation): MeasuredPlaylist[] {
  const streams = playlists.filter(({ role }) => role === 'video' || role === 'audio')
  return streams.toSorted((a, b) => Number(b.role === 'video') - Number(a.role === 'video'))
}

/** Video tracks of one codec. */
function listSwitchingSets(output: Output): MeasuredTrack[][] {
  const playlists = listPlaylists(output).filter(({ role }) => role === 'video')
  const representations = output.dash.flatMap(({ tracks }) => tracks)
  const tracks = [
    ...playlists.map(({ track }) => track),
    ...representations.filter((one) => !one.sharedWithHls).map(({ track }) => track),
  ].filter((track) => claimsCmaf(track) && track.streams[0]?.kind === 'video')
  return [...Map.groupBy(tracks, ({ streams }) => streams[0]?.entry).values()]
}

/** Where the second track first begins a segment at another time than the first track does. */
function* compare(first: MeasuredTrack, other: MeasuredTrack) {
  const expected = listStarts(first)
  for (const [index, start] of listStarts(other).entries()) {
    const wanted = expected[index]
    if (wanted === undefined) return
    if (Math.abs(start.seconds - wanted.seconds) <= Math.max(start.slack, 0.001)) continue
    yield {
      where: start.where,
      message: `begins at another time than ${wanted.where}`,
      expected: `${wanted.seconds.toFixed(4)} s`,
      found: `${start.seconds.toFixed(4)} s`,
    }
    return
  }
}

/**
 * Starts as they are shown, counted from where the track begins to be shown: priming that an edit
 * list cuts off is not part of it. Sound has frames of its own and cannot be closer than one.
 */
function listStarts(track: MeasuredTrack): { where: string; seconds: number; slack: number }[] {
  const first = track.segments[0] && mainSpan(track.segments[0])
  const edit = track.streams.find(({ id }) => id === first?.id)?.editStartTicks ?? 0
  const origin = Math.max(first?.presentationTicks ?? 0, edit)
  const frame = sampleSeconds(track)
  return track.segments.slice(1).flatMap((segment) => {
    const span = mainSpan(segment)
    if (!span) return []
    const seconds = (span.presentationTicks - origin) / span.timescale
    return [{ where: segment.where, seconds, slack: span.kind === 'audio' ? frame * 1.05 : 0 }]
  })
}

/** More than this between sound and picture is seen; ITU-R BT.1359 has 45 ms as the threshold. */
const START_TOLERANCE_SECONDS = 0.04

/** RFC 8216 section 6.2.4: all playlists start at the same time, edit lists applied. */
const streamsStartTogether: Rule = {
  id: 'RFC8216-6.2.4-start',
  severity: 'warning',
  title: 'Sound and pictures start together',
  *find(output) {
    for (const presentation of output.hls) {
      const starts = listStreams(presentation).flatMap(({ track }) => findStart(track) ?? [])
      const [first, ...others] = starts
      for (const { where, seconds } of others) {
        if (!first || Math.abs(seconds - first.seconds) <= START_TOLERANCE_SECONDS) continue
        yield {
          where,
          message: `starts at another time than ${first.where}`,
          expected: `${first.seconds.toFixed(4)} s`,
          found: `${seconds.toFixed(4)} s`,
        }
      }
    }
  },
}

function findStart(track: MeasuredTrack): { where: string; seconds: number } | null {
  const span = track.segments[0] && mainSpan(track.segments[0])
  if (!span) return null
  const edit = track.streams.find(({ id }) => id === span.id)?.editStartTicks ?? 0
  const seconds = Math.max(0, span.presentationTicks - edit) / span.timescale
  return { where: track.name, seconds }
}

export const boundaryRules: readonly Rule[] = [
  boundariesAreAligned,
  streamsStartTogether,
  switchingSetsAreAligned,
]
