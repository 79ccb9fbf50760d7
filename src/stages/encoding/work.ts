import type { JobPayload, JobType } from '#jobs/payload.ts'
import type { Programs } from '#media/ffmpeg/programs.ts'

/** Where the source's bytes are for ffmpeg: a file of this machine, or the server's own address. */
export type SourceLocation =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'http'; readonly url: string }

/** What a job is given by the runner that took it. */
export interface WorkContext<Payload extends JobPayload = JobPayload> {
  readonly payload: Payload
  readonly source: SourceLocation
  /** An empty folder of the job's own; the runner removes it afterwards, whatever happens. */
  readonly scratch: string
  /** Fires when the job is no longer ours, or the runner stops: everything must end at once. */
  readonly signal: AbortSignal
  /** Threads that the encoder may use; 0: as many as it likes. */
  readonly threads: number
  /** How much ffmpeg gives way to other programs, 0 to 19. */
  readonly niceness: number
  readonly programs: Programs
  readonly handIn: HandIn
  /** 0 to 1; cheap to call often. */
  readonly report: (progress: number) => void
}

/** How finished bytes go back. Each promise settles when the server has checked and kept them. */
export interface HandIn {
  readonly init: (track: string, bytes: Buffer) => Promise<void>
  readonly segment: (track: string, number: number, bytes: Buffer) => Promise<void>
}

/** What a job cost, and what came out. */
export interface WorkResult {
  readonly cpuSeconds: number
  readonly wallSeconds: number
  readonly peakMemoryBytes: number
  /** Segments handed in per track, so that the server can tell whether all have arrived. */
  readonly segments: Readonly<Record<string, number>>
}

/** One kind of work. Fails with a ReelmillError; `retryable` and `blame` say what follows. */
export type Work<Payload extends JobPayload = JobPayload> = (
  context: WorkContext<Payload>,
) => Promise<WorkResult>

/**
 * Jobs that take about one core and little memory: a runner does one of them beside its others, so
 * that a whole track of sound neither waits for pictures nor keeps them waiting.
 */
export const lightJobTypes: ReadonlySet<string> = new Set<JobType>(['vod-audio-encoding'])

/** Every kind of work that a runner can do, by the type of job. */
export type Works = { readonly [Type in JobType]: Work<Extract<JobPayload, { type: Type }>> }
