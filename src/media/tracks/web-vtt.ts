/** A line of subtitles: milliseconds on the presentation's clock, and the text as WebVTT has it. */
export interface Cue {
  readonly startMs: number
  readonly endMs: number
  /** Cue settings after the times ("align:start"), or "". */
  readonly settings: string
  readonly text: string
}

const timing = /^(?:(\d+):)?(\d\d):(\d\d)\.(\d{3}) --> (?:(\d+):)?(\d\d):(\d\d)\.(\d{3})[ \t]*(.*)$/

/**
 * The cues of a WebVTT text (https://www.w3.org/TR/webvtt1/#file-structure) in their order. Notes,
 * styles, regions and cue identifiers are left out; a block that is no cue is passed over.
 */
export function parseWebVtt(text: string): Cue[] {
  const blocks = text.replace(/\r\n?/g, '\n').split(/\n{2,}/)
  return blocks.flatMap((block) => {
    const lines = block.split('\n')
    const at = lines.findIndex((line) => timing.test(line))
    const match = timing.exec(lines[at] ?? '')
    if (!match) return []
    const cue = {
      startMs: toMs(match.slice(1, 5)),
      endMs: toMs(match.slice(5, 9)),
      settings: match[9] ?? '',
      text: lines
        .slice(at + 1)
        .join('\n')
        .trim(),
    }
    return cue.text !== '' && cue.endMs > cue.startMs ? [cue] : []
  })
}

function toMs([hours, minutes, seconds, ms]: readonly (string | undefined)[]): number {
  return ((Number(hours ?? 0) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Number(ms)
}

/**
 * A WebVTT file whose clock starts with the media's: fragmented MP4 starts at 0, so MPEGTS:0 (RFC
 * 8216 section 3.5, Apple's rule 5.3).
 */
export function writeWebVtt(cues: readonly Cue[]): string {
  const blocks = cues.map(
    ({ startMs, endMs, settings, text }) =>
      `${formatTime(startMs)} --> ${formatTime(endMs)}${settings ? ` ${settings}` : ''}\n${text}`,
  )
  return `${['WEBVTT\nX-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:0', ...blocks].join('\n\n')}\n`
}

/** Milliseconds as WebVTT writes times: 01:02:03.456. */
export function formatTime(ms: number): string {
  const pad = (value: number, length: number) => String(Math.floor(value)).padStart(length, '0')
  const seconds = ms / 1000
  return `${pad(seconds / 3600, 2)}:${pad((seconds / 60) % 60, 2)}:${pad(seconds % 60, 2)}.${pad(ms % 1000, 3)}`
}
