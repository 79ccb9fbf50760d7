import { type Logger, pino } from 'pino'
import type { Config } from './config.ts'
import { redactSecrets } from './redact.ts'

/** Where lines of the log go; process.stderr is one. */
export interface LogOutput {
  write: (line: string) => unknown
  readonly isTTY?: boolean
}

/**
 * The logger of a process. Lines go to standard error, for standard output is for data: one JSON
 * document per line, or one line for people when the output is a terminal. Secrets never pass,
 * wherever in a line they stand.
 */
export function createLogger(
  config: Pick<Config, 'logLevel'> & Partial<Pick<Config, 'adminKey'>>,
  output: LogOutput = process.stderr,
): Logger {
  const secrets = config.adminKey ? [config.adminKey] : []
  const format = output.isTTY ? formatLine : (line: string) => line
  return pino(
    {
      level: config.logLevel,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: pino.stdSerializers.err, error: showError },
    },
    { write: (line: string) => output.write(format(redactSecrets(line, secrets))) },
  )
}

/** What a job or a video failed with is plain data already; only real errors hold a stack. */
function showError(error: unknown): unknown {
  return error instanceof Error ? pino.stdSerializers.err(error) : error
}

const colours: Readonly<Record<string, number>> = { warn: 33, error: 31, fatal: 31 }

interface Line {
  readonly time: string
  readonly level: string
  readonly msg?: string
  readonly err?: { readonly stack?: string }
}

/** `10:42:39 warn  what happened  key=value …` with the stack of an error below. */
function formatLine(json: string): string {
  const { time, level, msg = '', err, ...facts } = JSON.parse(json) as Line
  const head = `${time.slice(11, 19)} ${colour(level)}${' '.repeat(Math.max(1, 6 - level.length))}`
  const tail = Object.entries(facts).map(([name, value]) => `${name}=${formatValue(value)}`)
  const stack = err?.stack ? `\n${err.stack}` : ''
  return `${head}${[msg, ...tail].join('  ')}${stack}\n`
}

function formatValue(value: unknown): string {
  return typeof value === 'string' && !/\s/.test(value) ? value : JSON.stringify(value)
}

function colour(level: string): string {
  const code = colours[level]
  return code === undefined ? level : `\u001B[${code}m${level}\u001B[39m`
}
