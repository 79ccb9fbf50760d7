import { Argument, Command } from 'commander'
import type { PolicyKey } from '#database/policy-tables.ts'
import { policyKeys } from '#policies/policy.ts'
import { withPolicyDesk } from './desk/open-desk.ts'
import { type DeskOptions, withDeskOptions } from './desk/options.ts'
import type { PolicyItem } from './desk/policy-desk.ts'
import { oneLine, printJson, printTable } from './print.ts'

/** `policy list|get|set`: what may be turned while everything runs; `policy` alone lists. */
export function policyCommand(): Command {
  return new Command('policy')
    .description('Show or change what may be turned while everything runs.')
    .addCommand(listCommand(), { isDefault: true })
    .addCommand(getCommand())
    .addCommand(setCommand())
}

function listCommand(): Command {
  return withDeskOptions(new Command('list'))
    .description('List the policies, and what they hold back now.')
    .action(async ({ json, ...options }: DeskOptions) =>
      withPolicyDesk(options, async (desk) => {
        const policies = await desk.list()
        if (json) return printJson(policies)
        const heads = ['POLICY', 'VALUE', 'HOLDS BACK', 'CHANGED BY', 'MEANING']
        printTable([heads, ...policies.map(toRow)])
      }),
    )
}

function getCommand(): Command {
  return withDeskOptions(new Command('get'))
    .description('Print the value of a policy.')
    .addArgument(nameArgument())
    .action(async (key: PolicyKey, { json, ...options }: DeskOptions) =>
      withPolicyDesk(options, async (desk) => print(key, await desk.list(), json)),
    )
}

function setCommand(): Command {
  return withDeskOptions(new Command('set'))
    .description('Change a policy. Every server goes by it at once.')
    .addArgument(nameArgument())
    .argument('<value>', '1, true, yes, 0, false, no; a number; or default')
    .action(async (key: PolicyKey, value: string, { json, ...options }: DeskOptions) =>
      withPolicyDesk(options, async (desk) => {
        const changed = await desk.set({ [key]: value === 'default' ? null : value })
        print(key, changed, json)
      }),
    )
}

function nameArgument(): Argument {
  return new Argument('<policy>', 'its name').choices(policyKeys)
}

function print(key: PolicyKey, policies: readonly PolicyItem[], json: true | undefined): void {
  const policy = policies.find((each) => each.key === key)
  if (json) printJson(policy)
  else console.log(policy ? sayValue(policy) : '')
}

function toRow(policy: PolicyItem): string[] {
  const { key, waiting, updatedBy, meaning } = policy
  const held = waiting === null ? '-' : `${waiting.count} ${waiting.what}`
  return [key, sayValue(policy), held, oneLine(updatedBy ?? '-', 40), meaning]
}

/** As scripts of other systems know it: 1 and 0. */
function sayValue({ value }: PolicyItem): string {
  return String(Number(value))
}
