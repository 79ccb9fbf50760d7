import { Command } from 'commander'
import { checkOutput } from '#media/conformance/check-output.ts'
import type { Finding, Severity } from '#media/conformance/finding.ts'
import type { Report, TrackReport } from '#media/conformance/report.ts'
import { printJson, printTable } from './print.ts'

interface Options {
  readonly json?: true
  readonly decode?: true
  readonly strict?: true
}

/** `check DIR|URL`: exit code 0 when clean, 1 on a violation, 2 when there is nothing to check. */
export function checkCommand(): Command {
  return new Command('check')
    .description(
      'Judge an HLS or DASH output by the rules: a folder, a playlist or manifest, a URL.',
    )
    .argument('<DIR|URL>', 'where the output is; a URL that ends in "/" is a folder')
    .option('--json', 'print the whole report as one JSON document')
    .option('--decode', 'also decode every track from beginning to end')
    .option('--strict', 'warnings are violations too')
    .action(async (location: string, options: Options) => {
      const report = await checkOutput(location, { decode: options.decode ?? false })
      if (options.json) printJson(report)
      else printReport(report)
      process.exitCode = exitCodeOfReport(report, options.strict ?? false)
    })
}

/** 2: nothing was found to check; 1: an error, or a warning when they count; 0: clean. */
export function exitCodeOfReport({ empty, findings }: Report, strict: boolean): 0 | 1 | 2 {
  if (empty) return 2
  return findings.some(({ severity }) => strict || severity === 'error') ? 1 : 0
}

function printReport({ location, empty, tracks, findings, rulesChecked }: Report): void {
  if (empty) {
    const reasons = findings.map(({ where, message }) => `: ${where} ${message}`)
    console.error(`There is no HLS or DASH output at ${location}${reasons.join('')}`)
    return
  }
  printTable([
    ['TRACK', 'CODECS', 'SIZE', 'SEGMENTS', 'FRAMES', 'SECONDS', 'AVERAGE', 'PEAK', 'DECLARED'],
    ...tracks.map(trackRow),
  ])
  printFindings('error', findings)
  printFindings('warning', findings)
  const [errors, warnings] = [count(findings, 'error'), count(findings, 'warning')]
  console.log(`\n${rulesChecked.length} rules: ${errors} errors, ${warnings} warnings`)
}

function trackRow(track: TrackReport): string[] {
  const { width, height, durationSeconds, declared } = track
  return [
    track.role === 'iframes' ? `${track.name} (I-frames)` : track.name,
    track.codecs.join(','),
    width === null ? '' : `${width}x${height}`,
    String(track.segments),
    String(track.frames),
    durationSeconds === null ? '' : durationSeconds.toFixed(3),
    formatRate(track.averageBps),
    formatRate(track.peakBps),
    declared?.bandwidthBps ? formatRate(declared.bandwidthBps) : '',
  ]
}

function formatRate(bitsPerSecond: number): string {
  return `${Math.round(bitsPerSecond / 1000)} kb/s`
}

function printFindings(severity: Severity, findings: readonly Finding[]): void {
  const chosen = findings.filter((finding) => finding.severity === severity)
  if (chosen.length === 0) return
  console.log(`\n${severity}s`)
  for (const { rule, where, message, expected, found } of chosen) {
    const values = [
      expected === undefined ? null : `expected ${expected}`,
      found === undefined ? null : `found ${found}`,
    ].filter((value) => value !== null)
    console.log(
      `  ${rule}  ${where} ${message}${values.length > 0 ? ` (${values.join(', ')})` : ''}`,
    )
  }
}

function count(findings: readonly Finding[], severity: Severity): number {
  return findings.filter((finding) => finding.severity === severity).length
}
