import { randomUUID } from 'node:crypto'
import type { FileJobType, FilePayloads } from '#jobs/file-payload.ts'
import { makeJob, type PeertubeJob, type PeertubeRunner } from './peertube-jobs.ts'

/** Files of a video, by the route that serves them (1.6). Paths on this machine. */
export interface VideoFiles {
  readonly video?: string
  readonly audio?: string
  readonly thumbnail?: string
  /** Studio files by their name. */
  readonly tasks?: Readonly<Record<string, string>>
}

/** What goes wrong, each a number of times or as long as it is set; tests change it at will. */
export interface Faults {
  /** Downloads that break off in the middle. */
  truncatedDownloads: number
  /** Downloads that stop moving in the middle and stay open. */
  stalledDownloads: number
  /** Downloads that are answered 503. */
  refusedDownloads: number
  /** Where downloads are redirected to, and how. */
  redirect: { readonly status: number; readonly location: (path: string) => string } | null
  /** Calls of `request` that are answered 503. */
  refusedRequests: number
  /** Calls of `accept` that are answered as if somebody was quicker: 409, or 400 without a code. */
  lostAccepts: number
  lostAcceptStatus: 409 | 400
  /** Calls of `success` that take effect but are never answered. */
  lostSuccesses: number
  /** Calls of `success` that are answered 503, without effect. */
  refusedSuccesses: number
  /** Every version is refused, as by a server that wants another form of it. */
  refusesVersion: boolean
  /** No runner is known any more. */
  forgetsRunners: boolean
  /** Sockets are refused, whoever knocks. */
  refusesSockets: boolean
  /** All types are listed whatever was asked for, as before 7.0. */
  ignoresJobTypes: boolean
}

/** A call as it came, with the status of its answer. */
export interface SeenCall {
  readonly method: string
  readonly path: string
  body: unknown
  status: number
}

/** All that a PeerTube server knows, as far as runners can tell. */
export class PeertubeState {
  readonly registrationToken = `ptrrt-${randomUUID()}`
  /** What the server believes to be called; a runner need not be able to reach it by that name. */
  publicUrl = 'https://tube.invalid'
  readonly runners: PeertubeRunner[] = []
  readonly jobs: PeertubeJob[] = []
  readonly videos = new Map<string, VideoFiles>()
  readonly calls: SeenCall[] = []
  /** What the genuine server would swallow, and a careful runner does not do. */
  readonly remarks: string[] = []
  readonly customUploads: {
    readonly path: string
    readonly method: string
    readonly bytes: Buffer
  }[] = []
  readonly faults: Faults = {
    truncatedDownloads: 0,
    stalledDownloads: 0,
    refusedDownloads: 0,
    redirect: null,
    refusedRequests: 0,
    lostAccepts: 0,
    lostAcceptStatus: 409,
    lostSuccesses: 0,
    refusedSuccesses: 0,
    refusesVersion: false,
    forgetsRunners: false,
    refusesSockets: false,
    ignoresJobTypes: false,
  }

  /** A video with these files; its id. */
  addVideo(files: VideoFiles): string {
    const id = randomUUID()
    this.videos.set(id, files)
    return id
  }

  /** A job in `pending`; `makePayload` is given what its files' addresses begin with. */
  addJob<Type extends FileJobType>(
    type: Type,
    videoId: string,
    makePayload: (files: string) => FilePayloads[Type],
  ): PeertubeJob {
    const payload = {}
    const job = makeJob(this.jobs.length + 1, type, { payload, videoId })
    const prefix = `${this.publicUrl}/api/v1/runners/jobs/${job.uuid}/files/videos/${videoId}`
    Object.assign(payload, makePayload(prefix))
    this.jobs.push(job)
    return job
  }

  /** A kind of job that a runner may not know. */
  addForeignJob(type: 'live-rtmp-hls-transcoding'): PeertubeJob {
    const job = makeJob(this.jobs.length + 1, type, { payload: {}, videoId: randomUUID() })
    this.jobs.push(job)
    return job
  }

  /** True once for each time that a fault was asked for. */
  fails(
    fault:
      | 'truncatedDownloads'
      | 'stalledDownloads'
      | 'refusedDownloads'
      | 'refusedRequests'
      | 'lostAccepts'
      | 'lostSuccesses'
      | 'refusedSuccesses',
  ): boolean {
    if (this.faults[fault] === 0) return false
    this.faults[fault] -= 1
    return true
  }
}
