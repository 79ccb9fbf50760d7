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
  /** The runner has other servers, where it may have the same name. */
  readonly isOneOfSeveral?: boolean
}

const StateSchema = Type.Object({ server: Type.String(), runnerToken: Type.String() })

/** A name that no other runner has: for a run that leaves no trace. */
export function makeName(): string {
  return `${hostname().slice(0, 60)}-${process.pid}-${randomBytes(2).toString('hex')}`
}

/** The token that a runner of this name got from this server in an earlier run, or null. */
export async function readRunnerToken(admission: Admission): Promise<string | null> {
  const found = await readState(admission, statePath(admission))
  // It may have been this runner's only server when it registered.
  return found ?? readState(admission, statePath({ ...admission, isOneOfSeveral: false }))
}

async function readState({ server }: Admission, path: string): Promise<string | null> {
  const text = await readFile(path, 'utf8').catch(ignoreMissing)
  const state: unknown = text === null ? null : JSON.parse(text)
  return Value.Check(StateSchema, state) && state.server === server ? state.runnerToken : null
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

function statePath({ scratchDir, server, name = '', isOneOfSeveral }: Admission): string {
  const place = isOneOfSeveral ? `@${new URL(server).host}` : ''
  return join(scratchDir, `runner-${encodeURIComponent(name + place)}.json`)
}

function ignoreMissing(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
  throw error
}
