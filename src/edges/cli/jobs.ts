import { Command, Option } from 'commander'
import type { JobState } from '#database/tables.ts'
import { jobTypes } from '#jobs/job-types.ts'
import { jobStates } from '#jobs/list.ts'
import { parseLimit, parseUuid } from './arguments.ts'
import type { FleetDesk, JobItem } from './desk/fleet-desk.ts'
import { withFleetDesk } from './desk/open-desk.ts'
import { type DeskOptions, withDeskOptions } from './desk/options.ts'
import { oneLine, printJson, printTable } from './print.ts'

interface ListOptions extends DeskOptions {
  readonly state?: JobState
  readonly type?: string
  readonly video?: string
  readonly search?: string
  readonly limit: number
}

/** `jobs list|cancel|retry|delete`; `jobs` alone lists. */
export function jobsCommand(): Command {
  return new Command('jobs')
    .description('Show what runners do and are to do; cancel, retry or delete it.')
    .addCommand(listCommand(), { isDefault: true })
    .addCommand(
      oneJob('cancel', 'Cancelled', 'Cancel a job; a video that needs it fails.', (desk, uuid) =>
        desk.cancelJob(uuid),
      ),
    )
    .addCommand(
      oneJob(
        'retry',
        'Retried',
        'Have a job done that errored or was cancelled; a video that failed goes on.',
        (desk, uuid) => desk.retryJob(uuid),
      ),
    )
    .addCommand(
      oneJob('delete', 'Deleted', 'Delete a job and what waits for it.', (desk, uuid) =>
        desk.deleteJob(uuid),
      ),
    )
}

function listCommand(): Command {
  return withDeskOptions(new Command('list'))
    .description('List jobs, the newest first.')
    .addOption(new Option('--state <state>', 'only those in this state').choices(jobStates))
    .addOption(new Option('--type <type>', 'only those of this type').choices(jobTypes))
    .option('--video <id>', 'only those of this video', parseUuid)
    .option(
      '--search <text>',
      "a job's uuid, or a part of its type, label, runner's or video's name",
    )
    .option('--limit <n>', 'at most so many', parseLimit, 50)
    .action(async ({ json, video, state, type, search, limit, ...options }: ListOptions) =>
      withFleetDesk(options, async (desk) => {
        const jobs = await desk.listJobs({ state, type, search, limit, videoId: video })
        if (json) printJson(jobs)
        else printTable([heads, ...jobs.map(toRow)])
      }),
    )
}

function oneJob(
  name: string,
  done: string,
  description: string,
  change: (desk: FleetDesk, uuid: string) => Promise<void>,
): Command {
  return withDeskOptions(new Command(name))
    .description(description)
    .argument('<uuid>', 'uuid of the job', parseUuid)
    .action(async (uuid: string, { json, ...options }: DeskOptions) =>
      withFleetDesk(options, async (desk) => {
        await change(desk, uuid)
        if (json) printJson({ uuid, [done.toLowerCase()]: true })
        else console.log(`${done} job: ${uuid}`)
      }),
    )
}

const heads = ['JOB', 'STATE', 'PROGRESS', 'WHAT', 'RUNNER', 'FAILURES', 'VIDEO', 'ERROR']

function toRow({ uuid, state, progress, label, runner, ...job }: JobItem): string[] {
  const percent = `${Math.floor(progress * 100)} %`
  const who = oneLine(runner ?? '-')
  return [
    uuid,
    state,
    percent,
    label,
    who,
    String(job.failures),
    job.videoId,
    oneLine(job.error ?? ''),
  ]
}
