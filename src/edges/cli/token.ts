import { Command } from 'commander'
import { withFleetDesk } from './desk/open-desk.ts'
import { type DeskOptions, withDeskOptions } from './desk/options.ts'
import { printJson, printTable } from './print.ts'

/** `token create|list|revoke`: the tokens that runners register with. */
export function tokenCommand(): Command {
  return new Command('token')
    .description('Create, list or revoke the tokens that runners register with.')
    .addCommand(createCommand())
    .addCommand(listCommand())
    .addCommand(revokeCommand())
}

function createCommand(): Command {
  return withDeskOptions(new Command('create'))
    .description('Make a token; any number of runners may register with it. It is shown only now.')
    .action(async ({ json, ...options }: DeskOptions) =>
      withFleetDesk(options, async (desk) => {
        const created = await desk.createToken()
        if (json) printJson(created)
        else console.log(`Created token: ${created.token}`)
      }),
    )
}

function listCommand(): Command {
  return withDeskOptions(new Command('list'))
    .description('List the tokens by id and last characters.')
    .action(async ({ json, ...options }: DeskOptions) =>
      withFleetDesk(options, async (desk) => {
        const tokens = await desk.listTokens()
        if (json) return printJson(tokens)
        const rows = tokens.map(({ id, hint, runners, createdAt, revokedAt }) => [
          String(id),
          `ptrrt-…${hint}`,
          String(runners),
          createdAt,
          revokedAt ?? '-',
        ])
        printTable([['ID', 'TOKEN', 'RUNNERS', 'CREATED', 'REVOKED'], ...rows])
      }),
    )
}

function revokeCommand(): Command {
  return withDeskOptions(new Command('revoke'))
    .description('End a token: nobody can register with it any more; registered runners stay.')
    .argument('<token>', 'its id, or on this machine the token itself')
    .action(async (token: string, { json, ...options }: DeskOptions) =>
      withFleetDesk(options, async (desk) => {
        await desk.revokeToken(token)
        if (json) printJson({ revoked: true })
        else console.log('Revoked the token.')
      }),
    )
}
