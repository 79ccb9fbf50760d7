import { ReelmillError } from '#errors/reelmill-error.ts'
import { defaultPrograms, type Programs } from './programs.ts'
import { readText } from './read-text.ts'
import { spawnFfmpeg } from './run.ts'

/** What the ffmpeg of this machine can do. */
export interface Capabilities {
  readonly version: readonly [major: number, minor: number]
  /** Names for `-c:v` and `-c:a`: "libx264". */
  readonly encoders: ReadonlySet<string>
  readonly filters: ReadonlySet<string>
}

const known = new Map<string, Promise<Capabilities>>()

/**
 * Asks ffmpeg what it can do, once per program and process (0.2 s). Throws `ffmpeg_missing` when it
 * is not there, or older than 5.1: chunks are cut with options that 4.x has differently.
 */
export function readCapabilities(programs: Programs = defaultPrograms): Promise<Capabilities> {
  const asked = known.get(programs.ffmpeg)
  if (asked) return asked
  const answer = askCapabilities(programs)
  known.set(programs.ffmpeg, answer)
  // One that failed is asked again: someone may have installed it meanwhile.
  answer.catch(() => known.delete(programs.ffmpeg))
  return answer
}

async function askCapabilities(programs: Programs): Promise<Capabilities> {
  const [banner, encoders, filters] = await Promise.all([
    ask(programs, '-version'),
    ask(programs, '-encoders'),
    ask(programs, '-filters'),
  ])
  const version = parseVersion(banner)
  if (version[0] < 5 || (version[0] === 5 && version[1] < 1)) {
    throw new ReelmillError(
      'ffmpeg_missing',
      `ffmpeg ${version.join('.')} is installed; 5.1 or newer is needed.`,
    )
  }
  return { version, encoders: parseNames(encoders), filters: parseNames(filters) }
}

async function ask(programs: Programs, question: string): Promise<string> {
  const run = spawnFfmpeg([question], { programs, pipes: 1, timeoutMs: 20_000 })
  const [text, outcome] = await Promise.all([readText(run.pipes[0]), run.done])
  if (outcome.ok) return text
  throw new ReelmillError('ffmpeg_missing', `${programs.ffmpeg} is there but does not run.`, {
    details: { ffmpeg: outcome.stderrTail },
  })
}

/**
 * "ffmpeg version 5.1.9-0+deb12u1 …" or "n7.1": [5, 1]. A build from the development branch has no
 * number ("N-112345-g…"): it is newer than any.
 */
export function parseVersion(banner: string): [major: number, minor: number] {
  const match = /^ffmpeg version n?(\d+)\.(\d+)/.exec(banner)
  if (match) return [Number(match[1]), Number(match[2])]
  return /^ffmpeg version (N-|git)/.test(banner) ? [99, 0] : [0, 0]
}

/** The second word of every line after the legend: the flags stand first. */
function parseNames(table: string): ReadonlySet<string> {
  const names = new Set<string>()
  for (const line of table.split('\n')) {
    const name = /^ [A-Z.|]{3,6} +(\S+) /.exec(line)?.[1]
    if (name && name !== '=') names.add(name)
  }
  return names
}
