import type { JobState } from '#database/tables.ts'
import type { StateChange } from '#runners/change-state.ts'
import type { RunnerView } from '#runners/list.ts'
import type {
  CreatedRegistrationToken,
  RegistrationTokenView,
} from '#runners/registration-tokens.ts'

/** A view whose times are texts, as JSON has them. */
export type Texts<T> = {
  readonly [Field in keyof T]: T[Field] extends Date
    ? string
    : T[Field] extends Date | null
      ? string | null
      : T[Field]
}

/** As JSON has it. */
export function toTexts<T>(view: T): Texts<T> {
  return JSON.parse(JSON.stringify(view)) as Texts<T>
}

export type RunnerItem = Texts<RunnerView>
export type TokenItem = Texts<RegistrationTokenView>
export type CreatedToken = Texts<CreatedRegistrationToken>

/** A job as the command line shows it. */
export interface JobItem {
  readonly uuid: string
  readonly type: string
  readonly label: string
  readonly state: JobState
  readonly videoId: string
  /** Its name. */
  readonly runner: string | null
  readonly priority: number
  /** 0 to 1. */
  readonly progress: number
  readonly failures: number
  /** Why it ended without success. */
  readonly error: string | null
  readonly createdAt: string
  readonly startedAt: string | null
  readonly finishedAt: string | null
}

export interface JobFilter {
  readonly state?: JobState | undefined
  readonly type?: string | undefined
  readonly videoId?: string | undefined
  readonly search?: string | undefined
  readonly limit: number
}

/** What an operator does with runners, jobs and tokens, on this machine's data or on a server. */
export interface FleetDesk {
  listRunners(): Promise<readonly RunnerItem[]>
  setRunnerState(id: number, change: StateChange): Promise<RunnerItem>
  removeRunner(id: number): Promise<void>
  /** The newest first. */
  listJobs(filter: JobFilter): Promise<readonly JobItem[]>
  cancelJob(uuid: string): Promise<void>
  retryJob(uuid: string): Promise<void>
  deleteJob(uuid: string): Promise<void>
  createToken(): Promise<CreatedToken>
  /** A server lists none that were revoked. */
  listTokens(): Promise<readonly TokenItem[]>
  /** By its id; on this machine's data also by the token itself. */
  revokeToken(tokenOrId: string): Promise<void>
  close(): Promise<void>
}
