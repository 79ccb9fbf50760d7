import { Command, Option } from 'commander'
import { roles } from '#people/principal.ts'
import { withPeopleDesk } from './desk/open-desk.ts'
import { type DeskOptions, withDeskOptions } from './desk/options.ts'
import type { UserItem } from './desk/people-desk.ts'
import { oneLine, printJson, printTable } from './print.ts'
import { readPassword } from './read-password.ts'

interface PasswordOptions extends DeskOptions {
  readonly passwordStdin?: true
}

/** `user create|list|role|disable|enable|set-password|delete`: the people who log in (C-03, C-46). */
export function userCommand(): Command {
  return new Command('user')
    .description('Create, list, change or delete the people who log in.')
    .addCommand(createCommand())
    .addCommand(listCommand())
    .addCommand(roleCommand())
    .addCommand(switchCommand('disable', true, 'Log a user out everywhere, keys included.'))
    .addCommand(switchCommand('enable', false, 'Let a disabled user in again.'))
    .addCommand(passwordCommand())
    .addCommand(deleteCommand())
}

function createCommand(): Command {
  return withPassword(new Command('create'))
    .description(
      'Make a user who may log in. With the first the server stops trusting its machine: programs then need a key (`key create`).',
    )
    .argument('<name>')
    .addOption(new Option('--role <role>').choices(roles).default('uploader'))
    .action(
      async (name: string, options: PasswordOptions & { readonly role: UserItem['role'] }) => {
        const password = await readPassword(options)
        await withPeopleDesk(options, async (desk) => {
          const user = await desk.createUser({ name, role: options.role, password })
          if (options.json) return printJson(user)
          console.log(`Created ${user.role} ${oneLine(user.name)}.`)
          if (user.password) console.log(`Password, shown only now: ${user.password}`)
        })
      },
    )
}

function listCommand(): Command {
  return withDeskOptions(new Command('list'))
    .description('List the users.')
    .action(async ({ json, ...options }: DeskOptions) =>
      withPeopleDesk(options, async (desk) => {
        const users = await desk.listUsers()
        if (json) return printJson(users)
        const rows = users.map((user) => [
          oneLine(user.name),
          user.role,
          user.disabledAt ?? '-',
          user.createdAt,
        ])
        printTable([['NAME', 'ROLE', 'DISABLED', 'CREATED'], ...rows])
      }),
    )
}

function roleCommand(): Command {
  return withDeskOptions(new Command('role'))
    .description('Give a user another role.')
    .argument('<name>')
    .addArgument(new Command().createArgument('<role>').choices(roles))
    .action(async (name: string, role: UserItem['role'], { json, ...options }: DeskOptions) =>
      withPeopleDesk(options, async (desk) => {
        const user = await desk.updateUser(name, { role })
        if (json) printJson(user)
        else console.log(`${oneLine(user.name)} is ${user.role} now.`)
      }),
    )
}

function switchCommand(verb: string, disabled: boolean, description: string): Command {
  return withDeskOptions(new Command(verb))
    .description(description)
    .argument('<name>')
    .action(async (name: string, { json, ...options }: DeskOptions) =>
      withPeopleDesk(options, async (desk) => {
        const user = await desk.updateUser(name, { disabled })
        if (json) printJson(user)
        else console.log(`${oneLine(user.name)} is ${verb}d now.`)
      }),
    )
}

function passwordCommand(): Command {
  return withPassword(new Command('set-password'))
    .description('Give a user another password; all sessions end.')
    .argument('<name>')
    .action(async (name: string, options: PasswordOptions) => {
      const given = await readPassword(options)
      const { generatePassword } = await import('#people/password.ts')
      const password = given ?? generatePassword()
      await withPeopleDesk(options, async (desk) => {
        const user = await desk.updateUser(name, { password })
        if (options.json) return printJson(given ? user : { ...user, password })
        console.log(`Changed the password of ${oneLine(user.name)}.`)
        if (!given) console.log(`Password, shown only now: ${password}`)
      })
    })
}

function deleteCommand(): Command {
  return withDeskOptions(new Command('delete'))
    .description('Remove a user with all keys; the videos stay.')
    .argument('<name>')
    .action(async (name: string, { json, ...options }: DeskOptions) =>
      withPeopleDesk(options, async (desk) => {
        await desk.deleteUser(name)
        if (json) printJson({ deleted: true })
        else console.log('Deleted the user.')
      }),
    )
}

function withPassword(command: Command): Command {
  return withDeskOptions(command).option(
    '--password-stdin',
    'read the password from standard input; else it is asked for, or made where nobody can be asked',
  )
}
