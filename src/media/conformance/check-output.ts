import { DECODE_RULE, type DecodedOutput, decodeOutput } from './decode-output.ts'
import { readOutput } from './read-output.ts'
import type { Report } from './report.ts'
import { rules } from './rules/catalogue.ts'
import { askRules } from './rules/rule.ts'
import { openSource } from './source/open-source.ts'
import type { Source } from './source/source.ts'
import { summarizeTracks } from './summarize-tracks.ts'

export interface CheckOptions {
  /** Also decode every track from its first segment to its last with ffmpeg. Default false. */
  readonly decode?: boolean
  /** Stops the decoding. */
  readonly signal?: AbortSignal
}

/**
 * Judges an HLS or DASH output of any origin: a folder, a playlist or manifest in one, or an http
 * or https URL of either (a URL that ends in "/" is looked in for master.m3u8 and manifest.mpd).
 * Everything that is wrong with the output is a finding; a place with nothing to check gives an
 * empty report. Every segment is read once, and only some facts of it
 * are kept; decoding reads them once more. Fails with `ffmpeg_missing` when ffmpeg is needed (to decode,
 * or to read transport streams) and is not there.
 */
export async function checkOutput(location: string, options: CheckOptions = {}): Promise<Report> {
  return checkSource(await openSource(location), location, options)
}

/** The same for an output that lies elsewhere, `location` its name in the report; null: nowhere. */
export async function checkSource(
  source: Source | null,
  location: string,
  options: CheckOptions = {},
): Promise<Report> {
  const ids = rules.map(({ id }) => id)
  const rulesChecked = options.decode ? [...ids, DECODE_RULE] : ids
  const entries = (await source?.findEntries()) ?? []
  if (!source || entries.length === 0) {
    return { location, empty: true, findings: [], tracks: [], rulesChecked }
  }
  const output = await readOutput(source, entries)
  const empty = output.hls.length + output.dash.length === 0
  const findings = askRules(rules, output)
  const tracks = summarizeTracks(output)
  const report = { location, empty, findings, tracks, rulesChecked }
  return options.decode
    ? addDecoding(report, await decodeOutput(output, source, options.signal))
    : report
}

function addDecoding(report: Report, decoded: DecodedOutput): Report {
  return {
    ...report,
    findings: [...report.findings, ...decoded.findings],
    tracks: report.tracks.map((track) => ({
      ...track,
      decodedFrames: decoded.frames.get(track.name) ?? null,
    })),
  }
}
