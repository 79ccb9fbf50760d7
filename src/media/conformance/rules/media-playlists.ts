import { measureSeconds, wholeSampleSeconds } from '../measure/track-times.ts'
import { type HlsPresentation, listPlaylists, type MeasuredPlaylist } from '../model.ts'
import type { Rule } from './rule.ts'

/** Apple 8.1: what any run of EXTINFs adds up to is the truth within one frame. */
const extinfsAddUp: Rule = {
  id: '8.1',
  severity: 'error',
  title: 'The EXTINFs of any run of segments add up within one frame of the truth',
  *find(output) {
    for (const measured of listPlaylists(output)) {
      if (measured.role !== 'iframes') yield* findDrift(measured)
    }
  },
}

/**
 * The error of a run is the difference of two running errors, so the widest pair decides. Packets
 * of transport streams have no exact end: there two frames are let pass.
 */
function* findDrift({ track }: MeasuredPlaylist) {
  const truths = measureSeconds(track)
  const frames = track.container === 'fmp4' ? 1 : 2
  const tolerance = wholeSampleSeconds(track) * frames + 0.001
  let error = 0
  let [lowest, highest] = [0, 0]
  for (const [index, segment] of track.segments.entries()) {
    const truth = truths[index] ?? null
    if (truth === null || segment.declaredSeconds === null) continue
    error += segment.declaredSeconds - truth
    lowest = Math.min(lowest, error)
    highest = Math.max(highest, error)
    if (highest - lowest <= tolerance) continue
    yield {
      where: segment.where,
      message: 'is where EXTINFs and media are more than a frame apart',
      expected: `${truth.toFixed(6)} s`,
      found: `${segment.declaredSeconds} s (${error.toFixed(4)} s off by here)`,
    }
    return
  }
}

/** Apple 8.2: audio and video playlists have the same target duration. */
const targetsAreEqual: Rule = {
  id: '8.2',
  severity: 'error',
  title: 'Audio and video playlists have the same target duration',
  *find(output) {
    for (const presentation of output.hls) {
      const [first, ...others] = listStreams(presentation)
      for (const { playlist } of others) {
        const [expected, found] = [first?.playlist, playlist].map(
          (one) => one?.targetDurationSeconds,
        )
        if (expected === found) continue
        yield {
          where: playlist.path,
          message: `has another target duration than ${first?.playlist.path}`,
          expected: String(expected),
          found: String(found),
        }
      }
    }
  },
}

/** Frames of sound and picture do not end together; more than this is no matter of frames. */
const TOTAL_TOLERANCE_SECONDS = 0.1

/** Apple 8.3: audio and video playlists last equally long. */
const totalsAreEqual: Rule = {
  id: '8.3',
  severity: 'warning',
  title: 'Audio and video playlists have the same total duration',
  *find(output) {
    for (const presentation of output.hls) {
      yield* findUnequalTotals(presentation, () => TOTAL_TOLERANCE_SECONDS)
    }
  },
}

/** RFC 8216 section 6.2.4: what one variant lacks is no longer than the target duration. */
const contentIsEqual: Rule = {
  id: 'RFC8216-6.2.4',
  severity: 'error',
  title: 'All playlists of a presentation hold the same content but for one target duration',
  *find(output) {
    for (const presentation of output.hls) {
      yield* findUnequalTotals(presentation, (first) => first.playlist.targetDurationSeconds ?? 0)
    }
  },
}

function* findUnequalTotals(
  presentation: HlsPresentation,
  tolerance: (first: MeasuredPlaylist) => number,
) {
  const [first, ...others] = listStreams(presentation).filter(({ playlist }) => playlist.ended)
  if (!first) return
  const expected = sumDeclared(first)
  for (const other of others) {
    const found = sumDeclared(other)
    if (Math.abs(found - expected) <= tolerance(first)) continue
    yield {
      where: other.playlist.path,
      message: `lasts another time than ${first.playlist.path}`,
      expected: `${expected.toFixed(3)} s`,
      found: `${found.toFixed(3)} s`,
    }
  }
}

function listStreams({ playlists }: HlsPresentation): MeasuredPlaylist[] {
  return playlists.filter(({ role }) => role === 'video' || role === 'audio')
}

function sumDeclared({ playlist }: MeasuredPlaylist): number {
  return playlist.segments.reduce((sum, { seconds }) => sum + (seconds ?? 0), 0)
}

/** Apple 8.6: a finished playlist is EXT-X-PLAYLIST-TYPE:VOD. */
const finishedIsVod: Rule = {
  id: '8.6',
  severity: 'error',
  title: 'A finished media playlist has EXT-X-PLAYLIST-TYPE:VOD',
  *find(output) {
    for (const { playlist } of listPlaylists(output)) {
      if (!playlist.ended || playlist.type === 'VOD') continue
      const message = 'has an EXT-X-ENDLIST and is not of type VOD'
      yield { where: playlist.path, message, expected: 'VOD', found: playlist.type ?? 'no type' }
    }
  },
}

/** Apple 8.20, RFC 8216 section 3.3: fragments need the EXT-X-MAP of their init segment. */
const fragmentsHaveMap: Rule = {
  id: '8.20',
  severity: 'error',
  title: 'Playlists of fragmented MP4 name their init segment with EXT-X-MAP',
  *find(output) {
    for (const { playlist, track } of listPlaylists(output)) {
      const without = playlist.segments.find(({ map }) => map === null)
      if (track.container !== 'fmp4' || !without) continue
      yield {
        where: `${playlist.path}:${without.line}`,
        message: 'is a fragment without EXT-X-MAP',
      }
    }
  },
}

export const mediaPlaylistRules: readonly Rule[] = [
  extinfsAddUp,
  targetsAreEqual,
  totalsAreEqual,
  contentIsEqual,
  finishedIsVod,
  fragmentsHaveMap,
]
