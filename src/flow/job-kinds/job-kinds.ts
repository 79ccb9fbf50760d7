import { ReelmillError } from '#errors/reelmill-error.ts'
import type { FileJobType } from '#jobs/file-payload.ts'
import type { JobRow } from '#jobs/job.ts'
import type { JobKind } from './job-kind.ts'
import { storyboard } from './storyboard.ts'
import { studio } from './studio.ts'
import { transcription } from './transcription.ts'

const kinds: Readonly<Partial<Record<FileJobType, JobKind>>> = {
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
export function findJobKind({ type }: Pick<JobRow, 'type' | 'private_payload'>): JobKind {
  const kind = Object.hasOwn(kinds, type) ? kinds[type as FileJobType] : undefined
  if (!kind) throw new ReelmillError('job_type_unsupported', `There is no job type "${type}".`)
  return kind
}
