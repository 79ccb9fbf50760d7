import { ReelmillError } from '#errors/reelmill-error.ts'
import type { FileJobType } from '#jobs/file-payload.ts'
import type { JobRow } from '#jobs/job.ts'
import { hls } from './hls.ts'
import type { JobKind } from './job-kind.ts'
import { isPieceJob, piece } from './piece.ts'
import { isSoundJob, sound } from './sound.ts'
import { storyboard } from './storyboard.ts'
import { studio } from './studio.ts'
import { transcription } from './transcription.ts'
import { webVideo } from './web-video.ts'

const kinds: Readonly<Record<FileJobType, JobKind>> = {
  'vod-hls-transcoding': hls,
  'vod-web-video-transcoding': webVideo,
  'vod-audio-merge-transcoding': webVideo,
  'video-studio-transcoding': studio,
  'video-transcription': transcription,
  'generate-video-storyboard': storyboard,
}

/** True for types whose results are whole files; Reelmill's own hand segments in. */
export function isFileJob({ type }: Pick<JobRow, 'type'>): boolean {
  return Object.hasOwn(kinds, type)
}

/**
 * What the server does with a job's result.
 *
 * @throws ReelmillError `job_type_unsupported`.
 */
export function findJobKind(job: Pick<JobRow, 'type' | 'private_payload'>): JobKind {
  if (isPieceJob(job)) return piece
  if (isSoundJob(job)) return sound
  const { type } = job
  const kind = Object.hasOwn(kinds, type) ? kinds[type as FileJobType] : undefined
  if (!kind) throw new ReelmillError('job_type_unsupported', `There is no job type "${type}".`)
  return kind
}
