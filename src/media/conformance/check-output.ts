import { readOutput } from './read-output.ts'
import type { Report } from './report.ts'
import { rules } from './rules/catalogue.ts'
import { askRules } from './rules/rule.ts'
import { openSource } from './source/open-source.ts'
import { summarizeTracks } from './summarize-tracks.ts'

/**
 * Judges an HLS or DASH output of any origin: a folder, a playlist or manifest in one, or an http
 * or https URL of either (a URL that ends in "/" is looked in for master.m3u8 and manifest.mpd).
 * Everything that is wrong with the output is a finding; a place with nothing to check gives a
 * report without tracks and without findings. Every segment is read once, and only some facts of it
 * are kept.
 */
export async function checkOutput(location: string): Promise<Report> {
  const rulesChecked = rules.map(({ id }) => id)
  const nothing = { location, findings: [], tracks: [], rulesChecked }
  const source = await openSource(location)
  const entries = (await source?.findEntries()) ?? []
  const output = source && entries.length > 0 ? await readOutput(source, entries) : null
  if (!output) return nothing
  const findings = askRules(rules, output)
  return { location, findings, tracks: summarizeTracks(output), rulesChecked }
}
