import type { VersionState } from '#database/tables.ts'
import type { VideoView } from '#videos/video-view.ts'

/** What people do with videos from a command line, on this machine's data or on a server. */
export interface VideoDesk {
  /** The newest first, at most `limit`. */
  list(options: ListRequest): Promise<readonly VideoView[]>
  /** Each of these fails with `video_not_found` where there is none. */
  get(id: string): Promise<VideoView>
  delete(id: string): Promise<void>
  cancel(id: string): Promise<VideoView>
  retry(id: string): Promise<VideoView>
  close(): Promise<void>
}

export interface ListRequest {
  readonly state?: VersionState | undefined
  readonly limit: number
}
