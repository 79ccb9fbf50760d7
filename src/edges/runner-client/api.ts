import { ownVersion } from '#config/version.ts'
import type { WorkResult } from '#stages/encoding/work.ts'
import {
  AcceptAnswer,
  type AcceptedJob,
  type Offers,
  RegisterAnswer,
  RequestAnswer,
  readAnswer,
} from './answers.ts'
import { protocolPath as base, type Call, callServer } from './call.ts'
import { createFormCalls } from './form-calls.ts'
import { toPercent } from './percent.ts'
import { createSegmentCalls } from './segment-calls.ts'
import { withVersion } from './version.ts'

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
  /** The name is good for this run only: nobody misses the runner when it has fallen silent. */
  readonly temporary?: boolean
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
      return readAnswer(RegisterAnswer, answer).runnerToken
    },

    unregister: async (runnerToken: string) => post('/unregister', { runnerToken }, 204),

    request: async (question: Question): Promise<Offers> => {
      const answer = await version.tell((said) =>
        post('/jobs/request', { ...question, ...said }, 200),
      )
      return readAnswer(RequestAnswer, answer)
    },

    accept: async (uuid: string, runnerToken: string): Promise<AcceptedJob> =>
      readAnswer(AcceptAnswer, await post(`/jobs/${uuid}/accept`, { runnerToken }, 200)).job,

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

    ...createSegmentCalls(server, signal),
    ...createFormCalls(server, signal),
  }
}

export type RunnerApi = ReturnType<typeof createApi>
