import { Command } from 'commander'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { StateChange } from '#runners/change-state.ts'
import type { FleetDesk, RunnerItem } from './desk/fleet-desk.ts'
import { withFleetDesk } from './desk/open-desk.ts'
import { type DeskOptions, withDeskOptions } from './desk/options.ts'
import { oneLine, printJson, printTable } from './print.ts'

interface StateOptions extends DeskOptions {
  readonly reason?: string
}

/** `runners list|drain|disable|enable|remove`; `runners` alone lists. */
export function runnersCommand(): Command {
  return new Command('runners')
    .description('Show runners, and say what they may be given.')
    .addCommand(listCommand(), { isDefault: true })
    .addCommand(stateCommand('drain', 'draining', 'It finishes what it has and gets nothing more.'))
    .addCommand(stateCommand('disable', 'disabled', 'Its jobs are offered to others at once.'))
    .addCommand(
      stateCommand('enable', 'active', 'It gets work again, whatever was held against it.'),
    )
    .addCommand(removeCommand())
}

function listCommand(): Command {
  return withDeskOptions(new Command('list'))
    .description('List the runners, the one heard of last first.')
    .action(async (options: DeskOptions) =>
      withFleetDesk(options, async (desk) => {
        const runners = (await desk.listRunners()).toSorted((a, b) =>
          b.lastContactAt.localeCompare(a.lastContactAt),
        )
        if (options.json) printJson(runners)
        else printTable([heads, ...runners.map(toRow)])
      }),
    )
}

function stateCommand(name: string, state: StateChange['state'], description: string): Command {
  return withDeskOptions(new Command(name))
    .description(description)
    .argument('<name>', 'name of the runner')
    .option('--reason <text>', 'why, for people')
    .action(async (runner: string, { json, reason, ...options }: StateOptions) =>
      withFleetDesk(options, async (desk) => {
        const { id } = await findByName(desk, runner)
        const changed = await desk.setRunnerState(id, { state, reason })
        if (json) printJson(changed)
        else console.log(`Runner ${runner} is now: ${changed.state}`)
      }),
    )
}

function removeCommand(): Command {
  return withDeskOptions(new Command('remove'))
    .description('Remove a runner; its jobs are offered to others at once.')
    .argument('<name>', 'name of the runner')
    .action(async (name: string, { json, ...options }: DeskOptions) =>
      withFleetDesk(options, async (desk) => {
        const { id } = await findByName(desk, name)
        await desk.removeRunner(id)
        if (json) printJson({ name, removed: true })
        else console.log(`Removed runner: ${name}`)
      }),
    )
}

async function findByName(desk: FleetDesk, name: string): Promise<RunnerItem> {
  const runner = (await desk.listRunners()).find((each) => each.name === name)
  if (!runner) throw new ReelmillError('runner_not_found', `There is no runner "${name}".`)
  return runner
}

const heads = ['ID', 'NAME', 'STATE', 'ONLINE', 'JOBS', 'LAST CONTACT', 'VERSION', 'IP', 'WHY']

function toRow({ id, name, state, online, jobs, slots, ...runner }: RunnerItem): string[] {
  const { lastContactAt, version, ip, stateReason, encoders } = runner
  // Runners of other makes do not tell how many they do at once.
  const work = encoders === null ? String(jobs) : `${jobs} of ${slots}`
  const why = oneLine(stateReason ?? '')
  const where = [lastContactAt, version ?? '-', ip ?? '-']
  return [String(id), oneLine(name), state, online ? 'yes' : 'no', work, ...where, why]
}
