import { basename } from 'node:path'
import { Readable } from 'node:stream'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { cancelVideo } from '#flow/cancel-video.ts'
import { createVideo, type NewSource } from '#flow/create-video.ts'
import { deleteVideo } from '#flow/delete-video.ts'
import type { VideoDetails } from '#flow/open-version.ts'
import type { Parts } from '#flow/parts.ts'
import { retryVideo } from '#flow/retry-video.ts'
import { checkVideoId } from '#videos/check-id.ts'
import { type ListOptions, listVideos, type VideoPage } from '#videos/list.ts'
import { mediaOriginsOf } from '#videos/media-address.ts'
import { getVideoRecord, type VideoRecord } from '#videos/video-record.ts'
import type { VideoView } from '#videos/video-view.ts'
import { waitForVideo } from './wait-for-video.ts'

/** The bytes of a video: a file's path, a stream, or all of them. */
export type UploadSource = string | Readable | ReadableStream<Uint8Array> | Uint8Array

export interface UploadOptions extends VideoDetails {
  /** As people call the file; that of the path, else "video", when left out. */
  readonly filename?: string
}

/** What can be waited for. */
export type Milestone = 'playable' | 'published'

/** Takes a video in, and returns when its bytes are safe and its journey has begun. */
export async function uploadVideo(
  parts: Parts,
  source: UploadSource,
  { filename, ...details }: UploadOptions,
): Promise<VideoRecord> {
  const id = await createVideo(parts, { ...details, source: toSource(source, filename) })
  return requireRecord(parts, id)
}

function toSource(source: UploadSource, filename: string | undefined): NewSource {
  if (typeof source === 'string') {
    return { kind: 'file', path: source, filename: filename ?? basename(source) }
  }
  const stream = source instanceof Readable ? source : Readable.from(chunksOf(source))
  return { kind: 'stream', stream, filename: filename ?? 'video' }
}

function chunksOf(source: ReadableStream<Uint8Array> | Uint8Array): AsyncIterable<Uint8Array> {
  return source instanceof Uint8Array ? oneChunk(source) : source
}

async function* oneChunk(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes
}

/** The video with where its files are; null when there is none. */
export async function findRecord(parts: Parts, id: string): Promise<VideoRecord | null> {
  return getVideoRecord(parts.database, checkVideoId(id), { baseUrl: mediaOriginsOf(parts) })
}

/** The same. Fails with `video_not_found`. */
export async function requireRecord(parts: Parts, id: string): Promise<VideoRecord> {
  const record = await findRecord(parts, id)
  if (!record) throw new ReelmillError('video_not_found')
  return record
}

/** Which videos, and how many; 50 when `limit` is left out. */
export type PageOptions = Omit<ListOptions, 'limit' | 'baseUrl'> & { readonly limit?: number }

/** A page of videos, the newest first. */
export function listPage(parts: Parts, options: PageOptions): Promise<VideoPage> {
  return listVideos(parts.database, { limit: 50, ...options, baseUrl: mediaOriginsOf(parts) })
}

const moves = { cancel: cancelVideo, retry: retryVideo } as const

/** Stops the work on a video, or takes it up again. */
export async function moveVideo(
  parts: Parts,
  move: keyof typeof moves,
  id: string,
): Promise<VideoRecord> {
  await moves[move](parts, checkVideoId(id))
  return requireRecord(parts, id)
}

/** Removes a video with all its files, but not a source of the application's. */
export async function removeVideo(parts: Parts, id: string): Promise<void> {
  await deleteVideo(parts, checkVideoId(id))
}

/**
 * Waits until a video has come so far.
 *
 * @throws ReelmillError with the video's own error when it fails before, `cancelled` when it is.
 */
export async function waitForMilestone(
  parts: Parts,
  id: string,
  { milestone, signal }: { readonly milestone: Milestone; readonly signal?: AbortSignal },
): Promise<VideoRecord> {
  const isOver = (video: VideoView) => ['failed', 'cancelled'].includes(video.state)
  const reached = (video: VideoView) => milestones[milestone](video) || isOver(video)
  const video = await waitForVideo(parts, checkVideoId(id), reached, signal)
  if (video.state === 'cancelled') throw new ReelmillError('cancelled', 'The video was cancelled.')
  if (video.state === 'failed' && !milestones[milestone](video)) {
    const { code = 'internal', message, details } = video.error ?? {}
    throw new ReelmillError(code, message, details ? { details } : {})
  }
  return requireRecord(parts, id)
}

const milestones: Readonly<Record<Milestone, (video: VideoView) => boolean>> = {
  playable: ({ playable }) => playable,
  published: ({ state }) => state === 'published',
}
