import { Command, InvalidArgumentError, Option } from 'commander'
import { roles } from '#people/principal.ts'
import { type Scope, scopes } from '#people/scopes.ts'
import { withPeopleDesk } from './desk/open-desk.ts'
import { type DeskOptions, withDeskOptions } from './desk/options.ts'
import type { KeyItem } from './desk/people-desk.ts'
import { oneLine, printJson, printTable } from './print.ts'

/** `key create|list|revoke`: the keys that programs show. */
export function keyCommand(): Command {
  return new Command('key')
    .description('Create, list or revoke the keys that programs show.')
    .addCommand(createCommand())
    .addCommand(listCommand())
    .addCommand(revokeCommand())
}

interface CreateOptions extends DeskOptions {
  readonly role: KeyItem['role']
  readonly scope?: Scope[]
  readonly user?: string
  readonly expires?: string
}

function createCommand(): Command {
  return withDeskOptions(new Command('create'))
    .description('Make a key. It is shown only now.')
    .argument('<name>', 'what it is for')
    .addOption(new Option('--role <role>').choices(roles).default('operator'))
    .addOption(new Option('--scope <scope...>', 'limit it to these').choices(scopes))
    .option('--user <name>', 'whose it is; an uploader’s key needs one')
    .option('--expires <time>', 'when it ends, as 2027-01-31 or 2027-01-31T12:00Z', parseTime)
    .action(async (name: string, { json, ...options }: CreateOptions) =>
      withPeopleDesk(options, async (desk) => {
        const { role, scope = null, user = null, expires = null } = options
        const made = await desk.createKey({ name, role, scopes: scope, user, expiresAt: expires })
        if (json) printJson(made)
        else console.log(`Created key: ${made.key}`)
      }),
    )
}

function listCommand(): Command {
  return withDeskOptions(new Command('list'))
    .description('List the keys by name and last characters.')
    .action(async ({ json, ...options }: DeskOptions) =>
      withPeopleDesk(options, async (desk) => {
        const keys = await desk.listKeys()
        if (json) return printJson(keys)
        const heads = ['ID', 'KEY', 'NAME', 'ROLE', 'SCOPES', 'LAST USED', 'EXPIRES', 'REVOKED']
        printTable([heads, ...keys.map(toRow)])
      }),
    )
}

function toRow(key: KeyItem): string[] {
  const { id, hint, name, role, scopes: limits } = key
  const times = [key.lastUsedAt, key.expiresAt, key.revokedAt].map((time) => time ?? '-')
  return [id, `rmk_…${hint}`, oneLine(name), role, limits?.join(',') ?? '-', ...times]
}

function revokeCommand(): Command {
  return withDeskOptions(new Command('revoke'))
    .description('End a key.')
    .argument('<key>', 'its id, or on this machine the key itself')
    .action(async (key: string, { json, ...options }: DeskOptions) =>
      withPeopleDesk(options, async (desk) => {
        await desk.revokeKey(key)
        if (json) printJson({ revoked: true })
        else console.log('Revoked the key.')
      }),
    )
}

function parseTime(value: string): string {
  const time = new Date(value)
  if (!Number.isNaN(time.getTime())) return time.toISOString()
  throw new InvalidArgumentError('It must be a time such as 2027-01-31.')
}
