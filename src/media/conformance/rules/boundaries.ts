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

export const boundaryRules: readonly Rule[] = [boundariesAreAligned, switchingSetsAreAligned]

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
 * Starts counted from the first segment's, in decode order: renditions differ in reordering. Sound
 * has frames of its own and cannot be closer than one of them.
 */
function listStarts(track: MeasuredTrack): { where: string; seconds: number; slack: number }[] {
  const origin = track.segments[0] && mainSpan(track.segments[0])
  const frame = sampleSeconds(track)
  return track.segments.flatMap((segment) => {
    const span = mainSpan(segment)
    if (!span || !origin) return []
    const seconds = (span.startTicks - origin.startTicks) / span.timescale
    const slack = span.kind === 'audio' ? frame * 1.05 : 0
    return [{ where: segment.where, seconds, slack }]
  })
}
