import { Command } from 'commander'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { type SweepReport, sweepStorage } from '#flow/orphans/sweep-storage.ts'
import type { Parts } from '#flow/parts.ts'
import { parseHours } from './arguments.ts'
import { openLocalPlace, withParts } from './desk/local-place.ts'
import { printJson } from './print.ts'

interface Options {
  readonly dryRun?: true
  readonly json?: true
  readonly olderThan: number
}

/** `sweep`: objects without rows are removed, rows without objects are told (WC13, U16). */
export function sweepCommand(): Command {
  return new Command('sweep')
    .description(
      'Remove objects of the storage that no video has, and tell of videos whose objects are gone.',
    )
    .option('--dry-run', 'remove nothing')
    .option('--older-than <hours>', 'leave younger objects alone', parseHours, 24)
    .option('--json', 'one JSON document on standard output')
    .action(async (options: Options) => {
      const place = await openLocalPlace()
      try {
        const report = await withParts(place, (parts) => sweep(parts, options))
        if (options.json) printJson(report)
        else describe(report)
        if (report.missing.length > 0) process.exitCode = 1
      } finally {
        await place.opened.close()
      }
    })
}

function sweep(parts: Parts, { dryRun, json, olderThan }: Options): Promise<SweepReport> {
  if (parts.config.storage === 'memory') {
    throw new ReelmillError('invalid_request', 'STORAGE=memory is in the server alone.')
  }
  const say = ({ key, sizeBytes }: { key: string; sizeBytes: number }) =>
    console.log(`${dryRun ? 'orphan' : 'removed'}  ${sizeBytes}  ${key}`)
  return sweepStorage(parts, {
    dryRun: dryRun ?? false,
    olderThanHours: olderThan,
    ...(json ? {} : { onOrphan: say }),
  })
}

function describe({ dryRun, orphans, missing }: SweepReport): void {
  for (const { videoId, version, files, example } of missing) {
    console.log(`missing  ${videoId} version ${version}: ${files} files, such as ${example}`)
  }
  const done = dryRun ? 'would be removed' : 'removed'
  console.log(`${orphans.objects} objects of ${orphans.bytes} bytes ${done}`)
}
