import { Command, InvalidArgumentError, Option } from 'commander'
import type { HookCallState } from '#database/tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { HookCallView } from '#hooks/hook-call.ts'
import { listHookCalls, retryHookCall } from '#hooks/list-calls.ts'
import { parseLimit, parseUuid } from './arguments.ts'
import { openLocalPlace } from './desk/local-place.ts'
import { oneLine, printJson, printTable } from './print.ts'

interface ListOptions {
  readonly state?: HookCallState
  readonly video?: string
  readonly limit: number
  readonly json?: true
}

/** `hooks list|retry`: the calls of functions in servers' and applications' processes. */
export function hooksCommand(): Command {
  return new Command('hooks')
    .description('List the calls of hooks, and make one that was given up once more.')
    .addCommand(listCommand(), { isDefault: true })
    .addCommand(retryCommand())
}

function listCommand(): Command {
  return new Command('list')
    .description('List the calls, the newest first.')
    .addOption(
      new Option('--state <state>', 'only those').choices(['waiting', 'completed', 'failed']),
    )
    .option('--video <id>', 'only those about this video', parseUuid)
    .option('--limit <n>', 'at most so many', parseLimit, 50)
    .option('--json', 'one JSON document on standard output')
    .action(async ({ json, video: videoId, ...query }: ListOptions) => {
      const { opened } = await openLocalPlace()
      try {
        const calls = await listHookCalls(opened.database, { ...query, videoId })
        const heads = ['ID', 'HOOK', 'EVENT', 'VIDEO', 'STATE', 'TRIES', 'ERROR']
        if (json) printJson(calls)
        else printTable([heads, ...calls.map(listRow)])
      } finally {
        await opened.close()
      }
    })
}

function listRow({ id, hook, event, videoId, state, tries, error }: HookCallView): string[] {
  return [String(id), hook, event.type, videoId, state, String(tries), oneLine(error ?? '-', 80)]
}

function retryCommand(): Command {
  return new Command('retry')
    .description('Make a call that was given up once more, by a process that has the hook.')
    .argument('<id>', 'as the list shows it', parseNumber)
    .option('--json', 'one JSON document on standard output')
    .action(async (id: number, { json }: { readonly json?: true }) => {
      const { opened } = await openLocalPlace()
      try {
        if (!(await retryHookCall(opened.database, id)))
          throw new ReelmillError('hook_call_not_found')
        if (json) printJson({ id, state: 'waiting' })
        else console.log(`Ordered once more: ${id}`)
      } finally {
        await opened.close()
      }
    })
}

function parseNumber(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It must be a number, as the list shows it.')
}
