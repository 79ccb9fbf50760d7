import type { Static, TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { WorkResult } from '#stages/encoding/work.ts'
import { AcceptAnswer, type AcceptedJob, RegisterAnswer, RequestAnswer } from './answers.ts'
import { protocolPath as base, type Call, callServer } from './call.ts'
import { createFormCalls } from './form-calls.ts'
import { toPercent } from './percent.ts'
import { ownVersion, withVersion } from './version.ts'

/** What must be shown with every call about a job. */
export interface JobHolder {
  readonly uuid: string
  readonly jobToken: string
  readonly runnerToken: string
}

/** What a runner says of itself. */
export interface SelfDescription {
  readonly encoders?: readonly string[] | undefined
  readonly slots?: number | undefined
}

interface Registration extends SelfDescription {
  readonly registrationToken: string
  readonly name: string
  /** For people; never empty (runner protocol 1.3). */
  readonly description?: string
}

interface Question extends SelfDescription {
  readonly runnerToken: string
  readonly jobTypes: readonly string[]
}

interface Failure {
  readonly message: string
  readonly code?: string
  readonly retryable?: boolean
  /** Facts for the owner of the media or the runner: ffmpeg's last lines. */
  readonly details?: Readonly<Record<string, unknown>>
}

/** Longest message of an error that a server takes (runner protocol 1.4, call 12). */
const maxMessageLength = 5000

/** Details beside an error stay far below the 100 kB that proxies of servers let through (1.1). */
const maxDetailsLength = 20_000

/**
 * The server's side of the runner protocol, as calls. Each makes one attempt and fails as
 * `callServer` says.
 */
export function createApi(server: string, signal?: AbortSignal) {
  const post = (path: string, body: object, expected: Call['expected']) =>
    callServer(server, { method: 'POST', path: base + path, body, expected, signal })

  const about = (holder: JobHolder, verb: string, fields: object, own?: Partial<Call>) =>
    callServer(server, {
      method: 'POST',
      path: `${base}/jobs/${holder.uuid}/${verb}`,
      body: { jobToken: holder.jobToken, runnerToken: holder.runnerToken, ...fields },
      expected: 204,
      ...own,
    })

  const version = withVersion(ownVersion)

  return {
    register: async (registration: Registration): Promise<string> => {
      const answer = await version.tell((said) =>
        post('/register', { ...registration, ...said }, 200),
      )
      return read(RegisterAnswer, answer).runnerToken
    },

    unregister: async (runnerToken: string) => post('/unregister', { runnerToken }, 204),

    request: async (
      question: Question,
    ): Promise<readonly { readonly uuid: string; readonly type: string }[]> => {
      const answer = await version.tell((said) =>
        post('/jobs/request', { ...question, ...said }, 200),
      )
      return read(RequestAnswer, answer).availableJobs
    },

    accept: async (uuid: string, runnerToken: string): Promise<AcceptedJob> =>
      read(AcceptAnswer, await post(`/jobs/${uuid}/accept`, { runnerToken }, 200)).job,

    /** `progress` is 0 to 1; undefined: a sign of life only. */
    update: async (holder: JobHolder, progress?: number) =>
      about(holder, 'update', progress === undefined ? {} : { progress: toPercent(progress) }, {
        signal,
      }),

    success: async (holder: JobHolder, payload: WorkResult) =>
      about(holder, 'success', { payload }),

    error: async (holder: JobHolder, { message, details, ...rest }: Failure) =>
      about(holder, 'error', {
        message: message.slice(0, maxMessageLength) || 'unknown',
        ...rest,
        ...(JSON.stringify(details ?? {}).length > maxDetailsLength ? {} : { details }),
      }),

    /** Has a time limit of its own: the runner is leaving. */
    abort: async (holder: JobHolder, reason: string) =>
      about(holder, 'abort', { reason }, { timeoutMs: 2000 }),

    /** `part` is "init" or "segments/NUMBER". */
    handIn: async (holder: JobHolder, track: string, part: string, body: Buffer) =>
      callServer(server, {
        method: 'PUT',
        path: `${base}/jobs/${holder.uuid}/tracks/${track}/${part}`,
        headers: holderHeaders(holder),
        body,
        expected: 204,
        timeoutMs: 600_000,
        signal,
      }),

    ...createFormCalls(server, signal),
  }
}

export type RunnerApi = ReturnType<typeof createApi>

/** The tokens of a job for calls whose body is bytes, or that have none. */
function holderHeaders({ runnerToken, jobToken }: JobHolder): Record<string, string> {
  return { 'x-runner-token': runnerToken, 'x-job-token': jobToken }
}

function read<Schema extends TSchema>(schema: Schema, answer: unknown): Static<Schema> {
  if (Value.Check(schema, answer)) return answer
  throw new ReelmillError('server_refused', 'The server gave an answer that cannot be understood.')
}
