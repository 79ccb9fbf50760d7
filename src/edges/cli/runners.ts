import { Command } from 'commander'
import { releaseJobs } from '#jobs/release.ts'
import { findRunnerByName } from '#runners/find.ts'
import { listRunners, type RunnerView } from '#runners/list.ts'
import { removeRunner } from '#runners/remove.ts'
import { printJson, printTable } from './print.ts'
import { withDatabase } from './with-database.ts'

interface Options {
  readonly json?: true
}

/** `runners list|remove`; `runners` alone lists. */
export function runnersCommand(): Command {
  return new Command('runners')
    .description('Show or remove runners.')
    .addCommand(listCommand(), { isDefault: true })
    .addCommand(removeCommand())
}

function listCommand(): Command {
  return new Command('list')
    .description('List the runners, the one heard of last first.')
    .option('--json', 'one JSON document on standard output')
    .action(async ({ json }: Options) =>
      withDatabase(async (database) => {
        const runners = await listRunners(database)
        if (json) printJson(runners)
        else printTable([heads, ...runners.map(toRow)])
      }),
    )
}

function removeCommand(): Command {
  return new Command('remove')
    .description('Remove a runner; its jobs are offered to others at once.')
    .argument('<name>', 'name of the runner')
    .option('--json', 'one JSON document on standard output')
    .action(async (name: string, { json }: Options) =>
      withDatabase(async (database) => {
        await database.transaction().execute(async (tx) => {
          const { id } = await findRunnerByName(tx, name)
          await releaseJobs(tx, id)
          await removeRunner(tx, id)
        })
        if (json) printJson({ name, removed: true })
        else console.log(`Removed runner: ${name}`)
      }),
    )
}

const heads = ['ID', 'NAME', 'JOBS', 'LAST CONTACT', 'VERSION', 'IP']

function toRow({ id, name, jobs, slots, lastContactAt, version, ip }: RunnerView): string[] {
  const contact = lastContactAt.toISOString()
  return [String(id), name, `${jobs} of ${slots}`, contact, version ?? '-', ip ?? '-']
}
