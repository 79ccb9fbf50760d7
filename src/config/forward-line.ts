import type { Logger } from 'pino'

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const

/** Says a line of another process's log (log.ts) in this one's; what is no such line is said as it is. */
export function forwardLine(log: Logger, line: string): void {
  const { level, msg, time: _time, ...facts } = parse(line)
  const known = levels.find((each) => each === level) ?? 'info'
  log[known](facts, typeof msg === 'string' ? msg : line)
}

function parse(line: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    // The last words of a process that broke are no JSON.
    return {}
  }
}
