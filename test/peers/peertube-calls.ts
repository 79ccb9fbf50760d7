import { randomUUID } from 'node:crypto'
import type { SentForm } from './peertube-form.ts'
import {
  knownFiles,
  type PeertubeJob,
  type PeertubeRunner,
  putBack,
  resultFiles,
  states,
} from './peertube-jobs.ts'
import { Refusal, readVersion, requireText } from './peertube-problems.ts'
import type { PeertubeState } from './peertube-state.ts'

/** Failures at which a job is given up (3.2). */
const maxFailures = 5

/** Call 1. */
export function register(state: PeertubeState, body: object): object {
  const registrationToken = requireText(body, 'registrationToken')
  const name = requireText(body, 'name', 100)
  if ('description' in body) requireText(body, 'description')
  const version = readVersion(body)
  refuseVersion(state, version)
  if (registrationToken !== state.registrationToken) throw new Refusal(404, 'No such token')
  if (state.runners.some((runner) => runner.name === name)) throw new Refusal(400, 'Name in use')
  const runner = {
    id: state.runners.length + 1,
    name,
    runnerToken: `ptrt-${randomUUID()}`,
    version,
  }
  state.runners.push(runner)
  return { id: runner.id, runnerToken: runner.runnerToken }
}

/** Call 2. */
export function unregister(state: PeertubeState, body: object): null {
  const runner = findRunner(state, body)
  state.runners.splice(state.runners.indexOf(runner), 1)
  return null
}

/** Call 8. Fields that are not known are not looked at. */
export function request(state: PeertubeState, body: object): object {
  if (state.fails('refusedRequests')) throw new Refusal(503, 'Not now')
  requireText(body, 'runnerToken')
  const version = readVersion(body)
  refuseVersion(state, version)
  const types: unknown = Reflect.get(body, 'jobTypes')
  if (types !== undefined && !Array.isArray(types)) throw new Refusal(400, 'jobTypes')
  const runner = findRunner(state, body)
  runner.version = version ?? runner.version
  const pending = state.jobs.filter((job) => job.state === 'pending')
  const wanted = pending.filter(
    ({ type }) => types === undefined || state.faults.ignoresJobTypes || types.includes(type),
  )
  const sorted = wanted.toSorted((a, b) => a.priority - b.priority || a.id - b.id)
  return {
    availableJobs: sorted.slice(0, 10).map(({ uuid, type, payload }) => ({ uuid, type, payload })),
  }
}

/** Call 9. */
export function accept(state: PeertubeState, uuid: string, body: object): object {
  const job = findJob(state, uuid)
  if (job.state !== 'pending') throw new Refusal(400, 'Not pending')
  const runner = findRunner(state, body)
  if (state.fails('lostAccepts')) {
    if (state.faults.lostAcceptStatus === 400) throw new Refusal(400, 'Not pending')
    throw new Refusal(409, 'Taken', { code: 'runner_job_not_in_pending_state' })
  }
  const { runnerToken } = runner
  Object.assign(job, { state: 'processing', jobToken: `ptrjt-${randomUUID()}`, runnerToken })
  return { job: presentJob(job, runner) }
}

function presentJob(job: PeertubeJob, runner: PeertubeRunner): object {
  const { uuid, type, payload, priority, failures, progress, error, jobToken } = job
  const now = new Date().toISOString()
  return {
    ...{ uuid, type, payload, priority, failures, progress, error, jobToken },
    ...{ startedAt: now, createdAt: now, updatedAt: now },
    state: { id: states[job.state], label: 'Processing' },
    runner: { id: runner.id, name: runner.name, description: null },
  }
}

/** Call 10. */
export function abort(state: PeertubeState, uuid: string, body: object): null {
  const job = findHeld(state, { uuid, body, allowed: ['processing'] })
  job.reasons.push(requireText(body, 'reason', 5000))
  putBack(job)
  return null
}

/** Call 11, for jobs that are not live. */
export function update(state: PeertubeState, uuid: string, form: SentForm): null {
  refuseUnknownFiles('update', form)
  const allowed = ['processing', 'completing', 'completed']
  const job = findHeld(state, { uuid, body: form.texts, allowed })
  const { progress } = form.texts
  const isWhole = progress === undefined || /^(\d|[1-9]\d|100)$/.test(progress)
  if (!isWhole) throw new Refusal(400, 'progress', { invalid: ['progress'] })
  const hasPayload = form.parts.some(({ name }) => name.startsWith('payload['))
  if (hasPayload) throw new Refusal(400, 'payload')
  if (job.state !== 'processing') return null
  job.updates += 1
  job.progress = progress === undefined ? job.progress : Number(progress)
  return null
}

/** Call 12. */
export function fail(state: PeertubeState, uuid: string, body: object): null {
  const job = findHeld(state, { uuid, body, allowed: ['processing'] })
  const message = requireText(body, 'message', 5000)
  job.messages.push(message)
  job.failures += 1
  putBack(job)
  if (job.failures >= maxFailures) Object.assign(job, { state: 'errored', error: message })
  return null
}

/** Call 13. A server that sets custom uploads must do without those files (2.8). */
export function succeed(state: PeertubeState, uuid: string, form: SentForm): null {
  if (state.fails('refusedSuccesses')) throw new Refusal(503, 'Not now')
  refuseUnknownFiles('success', form)
  const job = findHeld(state, { uuid, body: form.texts, allowed: ['processing'] })
  const output: unknown = Reflect.get(job.payload, 'output') ?? {}
  for (const name of resultFiles[job.type] ?? []) {
    const field = /\[(.*)\]/.exec(name)?.[1] ?? ''
    const goesElsewhere = typeof output === 'object' && `${field}CustomUpload` in (output ?? {})
    if (!(name in form.files) && !goesElsewhere) throw new Refusal(400, `${field} is missing`)
  }
  job.result = { fields: { ...form.texts }, files: { ...form.files } }
  job.state = 'completed'
  return null
}

function refuseUnknownFiles(call: 'update' | 'success', { files }: SentForm): void {
  const unknown = Object.keys(files).find((name) => !knownFiles[call].includes(name))
  if (unknown === undefined) return
  throw new Refusal(500, `Unexpected field ${unknown}`, { code: 'LIMIT_UNEXPECTED_FILE' })
}

interface Wanted {
  readonly uuid: string
  readonly body: object
  readonly allowed: readonly string[]
}

/** The checks that all calls about a held job share, in their order (1.4). */
export function findHeld(state: PeertubeState, { uuid, body, allowed }: Wanted): PeertubeJob {
  if (!/^[0-9a-f-]{36}$/.test(uuid)) throw new Refusal(400, 'jobUUID')
  const runnerToken = requireText(body, 'runnerToken')
  const jobToken = requireText(body, 'jobToken')
  const job = state.jobs.find(
    (each) => each.uuid === uuid && each.jobToken === jobToken && each.runnerToken === runnerToken,
  )
  if (!job) throw new Refusal(404, 'No such job')
  if (allowed.includes(job.state)) return job
  throw new Refusal(400, 'Not processing', { code: 'runner_job_not_in_processing_state' })
}

function findJob(state: PeertubeState, uuid: string): PeertubeJob {
  const job = state.jobs.find((each) => each.uuid === uuid)
  if (job) return job
  throw new Refusal(404, 'No such job')
}

function findRunner(state: PeertubeState, body: object): PeertubeRunner {
  const runnerToken = requireText(body, 'runnerToken')
  const runner = state.runners.find((each) => each.runnerToken === runnerToken)
  if (runner && !state.faults.forgetsRunners) return runner
  throw new Refusal(404, 'No such runner', { code: 'unknown_runner_token' })
}

function refuseVersion({ faults }: PeertubeState, version: string | null): void {
  if (!faults.refusesVersion || version === null) return
  throw new Refusal(400, 'Incorrect request parameters: version', { invalid: ['version'] })
}
