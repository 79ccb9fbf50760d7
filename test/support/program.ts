import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { waitFor } from './wait-for.ts'

const door = fileURLToPath(new URL('../../src/reelmill.ts', import.meta.url))

/** How a process ended. */
export interface Exit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/** A `reelmill …` process as a shell would start it. */
export interface Program {
  readonly pid: number
  /** Settles when the process is gone. */
  readonly exited: Promise<Exit>
  hasEnded(): boolean
  /** All that came so far. */
  stdout(): string
  stderr(): string
  kill(signal: NodeJS.Signals): void
  /** The match of the pattern in the standard output; fails when the process ends without it. */
  find(pattern: RegExp): Promise<RegExpExecArray>
}

export interface ProgramOptions {
  readonly cwd: string
  /** Beside PATH, HOME and FFMPEG_PATH; nothing else of this process's environment is passed on. */
  readonly env?: Readonly<Record<string, string>>
}

/** Starts `reelmill` with arguments; nothing of the developer's own settings reaches it. */
export function startProgram(args: readonly string[], options: ProgramOptions): Program {
  const { PATH = '', HOME = '', TMPDIR } = process.env
  const env = { PATH, HOME, ...(TMPDIR ? { TMPDIR } : {}), NODE_NO_WARNINGS: '1', ...options.env }
  const child = spawn(process.execPath, [door, ...args], { cwd: options.cwd, env })
  const { pid } = child
  if (pid === undefined) throw new Error('the program could not be started')
  // A test that fails half-way leaves nothing running.
  const killChild = () => void child.kill('SIGKILL')
  process.on('exit', killChild)
  let stdout = ''
  let stderr = ''
  let isOver = false
  child.stdin.end()
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const exited = once(child, 'close').then(([code, signal]): Exit => {
    isOver = true
    process.off('exit', killChild)
    return { code, signal }
  })
  return {
    pid,
    exited,
    hasEnded: () => isOver,
    stdout: () => stdout,
    stderr: () => stderr,
    kill: (signal) => void child.kill(signal),
    find: async (pattern) => {
      const match = await waitFor(`${pattern} from reelmill ${args.join(' ')}`, () => {
        const found = pattern.exec(stdout)
        return found ?? (isOver ? 'over' : null)
      })
      if (match === 'over') throw new Error(`reelmill ${args.join(' ')} ended:\n${stderr}`)
      return match
    },
  }
}

/** Runs `reelmill` to its end; fails with what it said when its exit code is another. */
export async function runProgram(
  args: readonly string[],
  options: ProgramOptions & { readonly expectCode?: number },
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const program = startProgram(args, options)
  const { code } = await program.exited
  const result = { stdout: program.stdout(), stderr: program.stderr() }
  if (code !== (options.expectCode ?? 0)) {
    throw new Error(`reelmill ${args.join(' ')} ended with ${code}:\n${result.stderr}`)
  }
  return result
}
