import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { Command } from 'commander'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { ProfileView } from '#flow/profiles/profile-view.ts'
import { withProfileDesk } from './desk/open-desk.ts'
import { type DeskOptions, withDeskOptions } from './desk/options.ts'
import { oneLine, printJson, printTable } from './print.ts'

/** `profiles list|show|versions|set|delete`: what outputs are wanted; `profiles` alone lists. */
export function profilesCommand(): Command {
  return new Command('profiles')
    .description('Show, save or delete profiles: what is made of videos.')
    .addCommand(listCommand(), { isDefault: true })
    .addCommand(showCommand())
    .addCommand(versionsCommand())
    .addCommand(setCommand())
    .addCommand(deleteCommand())
}

function listCommand(): Command {
  return withDeskOptions(new Command('list'))
    .description('List the profiles that can be chosen, and where each comes from.')
    .action(async ({ json, ...options }: DeskOptions) =>
      withProfileDesk(options, async (desk) => {
        const profiles = await desk.list()
        if (json) return printJson(profiles)
        const heads = ['PROFILE', 'FROM', 'VERSION', 'VIDEOS', 'DESCRIPTION', 'WRONG']
        printTable([heads, ...profiles.map(toRow)])
      }),
    )
}

function showCommand(): Command {
  return withDeskOptions(new Command('show'))
    .description('Print a profile as it can be saved again; with --json also where it comes from.')
    .argument('<name>')
    .action(async (name: string, { json, ...options }: DeskOptions) =>
      withProfileDesk(options, async (desk) => {
        const profile = await desk.get(name)
        printJson(json ? profile : profile.profile)
      }),
    )
}

function versionsCommand(): Command {
  return withDeskOptions(new Command('versions'))
    .description('List what was saved of a profile, the newest first.')
    .argument('<name>')
    .action(async (name: string, { json, ...options }: DeskOptions) =>
      withProfileDesk(options, async (desk) => {
        const versions = await desk.versions(name)
        if (json) return printJson(versions)
        const rows = versions.map(({ version, createdAt, createdBy, retiredAt, note }) => [
          String(version),
          createdAt,
          oneLine(createdBy ?? '-'),
          retiredAt ?? '-',
          oneLine(note ?? ''),
        ])
        printTable([['VERSION', 'SAVED', 'BY', 'DELETED', 'NOTE'], ...rows])
      }),
    )
}

function setCommand(): Command {
  return withDeskOptions(new Command('set'))
    .description('Save a profile: its next version, which holds for videos from now on.')
    .argument('<name>')
    .argument('<file>', 'JSON; - reads standard input')
    .option('--note <text>', 'why, for those who ask later')
    .action(
      async (
        name: string,
        file: string,
        { json, note, ...options }: DeskOptions & { readonly note?: string },
      ) => {
        const profile = await readObject(file)
        await withProfileDesk(options, async (desk) => {
          const saved = await desk.save(name, { profile, ...(note ? { note } : {}) })
          if (json) return printJson(saved)
          console.log(`Saved ${name}: version ${saved.version} holds now.`)
          if (saved.missingEncoders.length > 0) {
            console.log(`No runner has ${saved.missingEncoders.join(', ')} yet.`)
          }
        })
      },
    )
}

function deleteCommand(): Command {
  return withDeskOptions(new Command('delete'))
    .description('Delete what was saved of a profile; a file of its name holds then.')
    .argument('<name>')
    .action(async (name: string, { json, ...options }: DeskOptions) =>
      withProfileDesk(options, async (desk) => {
        await desk.delete(name)
        if (json) printJson({ name, deleted: true })
        else console.log(`Deleted what was saved of ${name}.`)
      }),
    )
}

async function readObject(file: string): Promise<Record<string, unknown>> {
  const written = file === '-' ? await text(process.stdin) : await readFile(file, 'utf8')
  try {
    const value: unknown = JSON.parse(written)
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>
  } catch (cause) {
    throw new ReelmillError('profile_invalid', 'This is no JSON.', { cause })
  }
  throw new ReelmillError('profile_invalid', 'A profile is an object.')
}

function toRow({ name, origin, version, videos, description, problems }: ProfileView): string[] {
  const [problem] = problems
  return [
    name,
    origin,
    version === null ? '-' : String(version),
    String(videos),
    oneLine(description ?? ''),
    problem ? `${problem.field} ${problem.message}` : '',
  ]
}
