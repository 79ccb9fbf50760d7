import { Command, CommanderError } from 'commander'
import { ownVersion } from '#config/version.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { type CommandEntry, commandTable } from './command-table.ts'
import { exitCodeHelp, exitCodeOf } from './exit-codes.ts'

/**
 * Runs the command that the arguments name, and returns the exit code; a command may also set
 * `process.exitCode` itself. Data goes to standard output, everything else to standard error.
 */
export async function runProgram(args: readonly string[]): Promise<number> {
  try {
    const program = await createProgram(args)
    await program.parseAsync(args, { from: 'user' })
    return Number(process.exitCode ?? 0)
  } catch (error) {
    // Commander has said what is wrong already.
    if (!(error instanceof CommanderError)) console.error(sentenceFor(error))
    return exitCodeOf(error)
  }
}

/** The program with the command that is asked for; the others are there by name only. */
async function createProgram(args: readonly string[]): Promise<Command> {
  const program = new Command('reelmill')
    .description('Uploaded videos become streams, encoded chunk by chunk on a fleet of runners.')
    .usage('COMMAND [options]')
    .version(ownVersion, '-V, --version', 'which version this is')
    // What stands after a command belongs to it, and is not looked at here.
    .enablePositionalOptions()
    .helpCommand('help [command]', 'what a command does and takes')
    .addHelpText('after', exitCodeHelp)
    .showHelpAfterError('(add --help for what there is)')
  const wanted = new Set(args.filter((arg) => !arg.startsWith('-')).slice(0, 2))
  for (const entry of commandTable) {
    program.addCommand(wanted.has(entry.name) ? await entry.load() : nameOnly(entry))
  }
  overrideExit(program)
  return program
}

function nameOnly({ name, summary }: CommandEntry): Command {
  return new Command(name).description(summary).summary(summary)
}

/** Errors come back to us instead of ending the process in the middle. */
function overrideExit(command: Command): void {
  command.exitOverride()
  for (const child of command.commands) overrideExit(child)
}

function sentenceFor(error: unknown): string {
  if (error instanceof ReelmillError) return `reelmill: ${error.message}`
  return `reelmill: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
}
