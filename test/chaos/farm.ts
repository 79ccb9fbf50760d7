import { join } from 'node:path'
import {
  createToken,
  type RunnerProgram,
  startRunnerProgram,
  stopRunnerProgram,
} from '../journeys/runner-program.ts'
import { killProcess, listProcesses } from '../support/processes.ts'
import {
  endAll,
  findPostmaster,
  type ServerProgram,
  startServerProgram,
} from '../support/server-program.ts'
import { waitFor } from '../support/wait-for.ts'

/** Who can be killed. */
export type Victim = 'server' | 'database' | 'runner' | 'local runner'

/** A server with a local runner and runners elsewhere, all killed and started again at will. */
export interface Farm {
  readonly dataDir: string
  readonly home: string
  server(): ServerProgram
  /** kill −9, and a new start where nobody else sees to that. */
  strike(victim: Victim): Promise<void>
  /** Waits until nobody works any more, then ends all runners gently; the server stays. */
  stopRunners(): Promise<void>
  close(): Promise<void>
}

const runnerNames = ['one', 'two']
/** Short, so that a job whose runner was killed is soon another's. */
const env = { LEASE_SECONDS: '6', LOG_LEVEL: 'error' }

/** Starts a farm below two folders that are empty. */
export async function startFarm(dataDir: string, home: string): Promise<Farm> {
  let server = await startServerProgram({ dataDir, env })
  const port = Number(new URL(server.url).port)
  const token = await createToken(dataDir)
  const startRunner = (name: string) => startRunnerProgram({ url: server.url, token, home, name })
  const runners = new Map<string, RunnerProgram>()
  for (const name of runnerNames) runners.set(name, await startRunner(name))

  const strikes: Record<Victim, () => Promise<void>> = {
    server: async () => {
      server.program.kill('SIGKILL')
      await server.program.exited
      server = await startServerProgram({ dataDir, env, port })
    },
    // The server brings its database up again by itself, and its runner.
    database: async () => {
      const pid = await findPostmaster(dataDir)
      if (pid !== null) killProcess(pid)
    },
    'local runner': async () => {
      for (const { pid } of await listProcesses(join(dataDir, 'runners'))) killProcess(pid)
    },
    runner: async () => {
      const [name = '', runner] = [...runners][0] ?? []
      runner?.program.kill('SIGKILL')
      await runner?.program.exited
      // To the end of the list: each has its turn.
      runners.delete(name)
      runners.set(name, await startRunner(name))
    },
  }
  return {
    dataDir,
    home,
    server: () => server,
    strike: (victim) => strikes[victim](),
    stopRunners: async () => {
      await Promise.all([...runners.values()].map(stopRunnerProgram))
      runners.clear()
    },
    close: async () => {
      for (const { program } of runners.values()) killProcess(program.pid)
      killProcess(server.program.pid)
      await endAll(dataDir)
      await waitFor('end of ffmpeg', async () => (await listProcesses(server.url)).length === 0)
    },
  }
}
