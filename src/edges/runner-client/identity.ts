import { randomBytes } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
import { Type } from 'typebox'
import { Value } from 'typebox/value'

/** How a runner comes to its token: it was given one, or it registers. */
export interface Admission {
  readonly server: string
  /** Given by whoever made the runner: nothing is registered, nothing is kept. */
  readonly runnerToken?: string | undefined
  readonly registrationToken?: string | undefined
  /** Kept over restarts; without one the runner has a name of this run only. */
  readonly name?: string | undefined
  readonly scratchDir: string
}

const StateSchema = Type.Object({ server: Type.String(), runnerToken: Type.String() })

/** A name that no other runner has: for a run that leaves no trace. */
export function makeName(): string {
  return `${hostname().slice(0, 60)}-${process.pid}-${randomBytes(2).toString('hex')}`
}

/** The token that a runner of this name got from this server in an earlier run, or null. */
export async function readRunnerToken(admission: Admission): Promise<string | null> {
  const text = await readFile(statePath(admission), 'utf8').catch(ignoreMissing)
  const state: unknown = text === null ? null : JSON.parse(text)
  return Value.Check(StateSchema, state) && state.server === admission.server
    ? state.runnerToken
    : null
}

/** Keeps the token for the next run of the same name, readable by nobody else. */
export async function writeRunnerToken(admission: Admission, runnerToken: string): Promise<void> {
  const path = statePath(admission)
  await mkdir(dirname(path), { recursive: true })
  const state = JSON.stringify({ server: admission.server, runnerToken })
  await writeFile(`${path}.new`, state, { mode: 0o600 })
  await rename(`${path}.new`, path)
}

/** Forgets a token that the server does not know any more. */
export async function forgetRunnerToken(admission: Admission): Promise<void> {
  await rm(statePath(admission), { force: true })
}

/** One for each server, for a runner may have the same name with several. */
function statePath({ scratchDir, server, name = '' }: Admission): string {
  const { host } = new URL(server)
  return join(scratchDir, `runner-${encodeURIComponent(name)}@${encodeURIComponent(host)}.json`)
}

function ignoreMissing(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
  throw error
}
