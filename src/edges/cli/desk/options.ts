import { type Command, Option } from 'commander'
import { parseServerUrl } from '../arguments.ts'

/** What every command about a server's data takes. */
export interface DeskOptions {
  readonly json?: true
  readonly server?: string
  readonly key?: string
}

/** Lets a command work on this machine's data or, with --server, on a distant server's. */
export function withDeskOptions(command: Command): Command {
  return command
    .option('--json', 'one JSON document on standard output')
    .option('--server <url>', "a server's API instead of this machine's database", parseServerUrl)
    .addOption(new Option('--key <key>', "the server's key").env('ADMIN_KEY'))
}
