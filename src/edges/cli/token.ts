import { Command } from 'commander'
import {
  createRegistrationToken,
  listRegistrationTokens,
  revokeRegistrationToken,
} from '#runners/registration-tokens.ts'
import { printJson, printTable } from './print.ts'
import { withDatabase } from './with-database.ts'

interface Options {
  readonly json?: true
}

/** `token create|list|revoke`: the tokens that runners register with. */
export function tokenCommand(): Command {
  return new Command('token')
    .description('Create, list or revoke the tokens that runners register with.')
    .addCommand(createCommand())
    .addCommand(listCommand())
    .addCommand(revokeCommand())
}

function createCommand(): Command {
  return withJson(new Command('create'))
    .description('Make a token; any number of runners may register with it. It is shown only now.')
    .action(async ({ json }: Options) =>
      withDatabase(async (database) => {
        const created = await createRegistrationToken(database)
        if (json) printJson(created)
        else console.log(`Created token: ${created.token}`)
      }),
    )
}

function listCommand(): Command {
  return withJson(new Command('list'))
    .description('List the tokens by id and last characters.')
    .action(async ({ json }: Options) =>
      withDatabase(async (database) => {
        const tokens = await listRegistrationTokens(database)
        if (json) return printJson(tokens)
        const rows = tokens.map(({ id, hint, runners, createdAt, revokedAt }) => [
          String(id),
          `ptrrt-…${hint}`,
          String(runners),
          createdAt.toISOString(),
          revokedAt?.toISOString() ?? '-',
        ])
        printTable([['ID', 'TOKEN', 'RUNNERS', 'CREATED', 'REVOKED'], ...rows])
      }),
    )
}

function revokeCommand(): Command {
  return withJson(new Command('revoke'))
    .description('End a token: nobody can register with it any more; registered runners stay.')
    .argument('<token>', 'its id, or the token itself')
    .action(async (token: string, { json }: Options) =>
      withDatabase(async (database) => {
        await revokeRegistrationToken(database, token)
        if (json) printJson({ revoked: true })
        else console.log('Revoked the token.')
      }),
    )
}

function withJson(command: Command): Command {
  return command.option('--json', 'one JSON document on standard output')
}
