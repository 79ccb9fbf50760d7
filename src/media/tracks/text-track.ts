import { writeDurations } from './durations.ts'
import { type Cue, writeWebVtt } from './web-vtt.ts'

/** Subtitles of one language, beside the pictures. */
export interface TextTrack {
  /** Folder in the output: "subtitles-0". */
  readonly name: string
  /** BCP 47, "und" when unknown. */
  readonly language: string
  readonly title: string | null
  readonly cues: readonly Cue[]
}

interface Span {
  /** Of the whole presentation, which subtitles must cover (Apple's rule 5.5). */
  readonly durationMs: number
  /** Of a segment: what the video's are. */
  readonly segmentMs: number
  /** Whole seconds, the same as in all other playlists. */
  readonly targetDurationSeconds: number
}

interface TextFile {
  /** Relative to the track's folder. */
  readonly name: string
  readonly text: string
}

/** The name of the file that holds all cues: what DASH and people take. */
export const wholeTextName = 'all.vtt'

/**
 * The files of a text track: all cues in one file, and the same in segments as long as the video's
 * with their playlist. A cue that spans a boundary is in both segments (RFC 8216 section 3.5).
 */
export function writeTextTrack({ cues }: TextTrack, span: Span): TextFile[] {
  const count = Math.max(1, Math.ceil(span.durationMs / span.segmentMs))
  const segments = Array.from({ length: count }, (_, number) => {
    const startMs = number * span.segmentMs
    const endMs = Math.min(span.durationMs, startMs + span.segmentMs)
    return { startMs, endMs, durationTicks: Math.max(1, Math.round(endMs - startMs)), bytes: 0 }
  })
  const durations = writeDurations(segments, 1000)
  const playlist = [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    `#EXT-X-TARGETDURATION:${span.targetDurationSeconds}`,
    '#EXT-X-MEDIA-SEQUENCE:0',
    '#EXT-X-PLAYLIST-TYPE:VOD',
    ...segments.flatMap((_, number) => [`#EXTINF:${durations[number]},`, `${number}.vtt`]),
    '#EXT-X-ENDLIST',
    '',
  ].join('\n')
  return [
    { name: wholeTextName, text: writeWebVtt(cues) },
    { name: 'index.m3u8', text: playlist },
    ...segments.map(({ startMs, endMs }, number) => ({
      name: `${number}.vtt`,
      text: writeWebVtt(cues.filter((cue) => cue.startMs < endMs && cue.endMs > startMs)),
    })),
  ]
}
