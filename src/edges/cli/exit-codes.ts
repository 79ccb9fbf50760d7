import { CommanderError } from 'commander'
import type { ErrorCode } from '#errors/catalogue.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'

/** What the exit codes of every command mean; shown by `--help`. */
export const exitCodeHelp = `
Exit codes:
  0   done
  1   it failed, or what was checked did not pass
  2   the command, an option or a setting is wrong
  69  something that is needed is not there: database, storage, server, ffmpeg
  130 interrupted`

const wrongUse: readonly ErrorCode[] = ['invalid_request', 'invalid_setting']
const unavailable: readonly ErrorCode[] = [
  'database_unavailable',
  'storage_unavailable',
  'server_unreachable',
  'schema_newer',
  'ffmpeg_missing',
]

/** The exit code for what a command failed with. */
export function exitCodeOf(error: unknown): number {
  // Asking for help is no failure; all else that commander refuses is a wrong use.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  if (!(error instanceof ReelmillError)) return 1
  if (error.code === 'cancelled') return 130
  if (wrongUse.includes(error.code)) return 2
  return unavailable.includes(error.code) ? 69 : 1
}
