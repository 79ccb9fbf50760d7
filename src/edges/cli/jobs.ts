import { Command, InvalidArgumentError, Option } from 'commander'
import type { JobState } from '#database/tables.ts'
import { type JobView, jobStates, listJobs } from '#jobs/list.ts'
import { printJson, printTable } from './print.ts'
import { withDatabase } from './with-database.ts'

interface Options {
  readonly json?: true
  readonly state?: JobState
  readonly video?: string
  readonly limit: number
}

/** `jobs list`; `jobs` alone lists. */
export function jobsCommand(): Command {
  return new Command('jobs')
    .description('Show what runners do and are to do.')
    .addCommand(listCommand(), { isDefault: true })
}

function listCommand(): Command {
  return new Command('list')
    .description('List jobs, the newest first.')
    .addOption(new Option('--state <state>', 'only those in this state').choices(jobStates))
    .option('--video <id>', 'only those of this video', parseUuid)
    .option('--limit <n>', 'at most so many', parseLimit, 50)
    .option('--json', 'one JSON document on standard output')
    .action(async ({ json, state, video, limit }: Options) =>
      withDatabase(async (database) => {
        const jobs = await listJobs(database, { state, videoId: video, limit })
        if (json) printJson(jobs)
        else printTable([heads, ...jobs.map(toRow)])
      }),
    )
}

const heads = ['JOB', 'STATE', 'PROGRESS', 'WHAT', 'RUNNER', 'FAILURES', 'VIDEO', 'ERROR']

function toRow({ uuid, state, progress, label, runner, ...job }: JobView): string[] {
  const percent = `${Math.floor(progress * 100)} %`
  const error = job.error ? oneLine(String(job.error['message'])) : ''
  return [uuid, state, percent, label, runner ?? '-', String(job.failures), job.videoId, error]
}

/** What a runner says may hold anything; on a terminal it must not move the cursor. */
function oneLine(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, ' ').slice(0, 200)
}

function parseUuid(text: string): string {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return text
  throw new InvalidArgumentError('It must be the id of a video.')
}

function parseLimit(text: string): number {
  const limit = Number(text)
  if (Number.isInteger(limit) && limit > 0) return limit
  throw new InvalidArgumentError('It must be a whole number above 0.')
}
