import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { killProcess } from '../support/processes.ts'
import { type Program, runProgram, startProgram } from '../support/program.ts'
import { waitFor } from '../support/wait-for.ts'

/** A `reelmill runner` process that knows its server by the address only. */
export interface RunnerProgram {
  readonly name: string
  readonly scratch: string
  readonly program: Program
}

interface RunnerOptions {
  readonly url: string
  readonly token: string
  /** Its own folder of another machine, so to speak. */
  readonly home: string
  readonly name: string
  readonly slots?: number
  /** Settings of its own. */
  readonly env?: Readonly<Record<string, string>>
}

/** Makes a registration token as an operator does, beside the running server. */
export async function createToken(dataDir: string): Promise<string> {
  const env = { DATA_DIR: dataDir }
  const { stdout } = await runProgram(['token', 'create', '--json'], { cwd: dataDir, env })
  return (JSON.parse(stdout) as { readonly token: string }).token
}

/** Starts one; it need not reach its server yet. */
export async function startRunnerProgram(options: RunnerOptions): Promise<RunnerProgram> {
  const { url, token, home, name, slots = 1, env = {} } = options
  const scratch = join(home, `scratch-${name}`)
  await mkdir(scratch, { recursive: true })
  const args = ['runner', '--server', url, '--name', name, '--slots', String(slots)]
  const program = startProgram([...args, '--scratch', scratch], {
    cwd: home,
    env: {
      RUNNER_REGISTRATION_TOKEN: token,
      LOG_LEVEL: 'warn',
      REELMILL_TEST_HOME: home,
      ...env,
    },
  })
  return { name, scratch, program }
}

/** Ends it gently; a runner that does not end is killed, and that is an error. */
export async function stopRunnerProgram({ program, name }: RunnerProgram): Promise<void> {
  program.kill('SIGTERM')
  try {
    await waitFor(`end of the runner ${name}`, () => program.hasEnded())
  } finally {
    killProcess(program.pid)
  }
}
