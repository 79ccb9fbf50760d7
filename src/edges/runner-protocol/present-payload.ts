import type { FileJobType, FilePayloads, StudioTask } from '#jobs/file-payload.ts'
import type { JobRow } from '#jobs/job.ts'
import { protocolPrefix, sourcePath } from './source-route.ts'

/** Where a runner reaches this server, and what it may read there. */
export interface Place {
  /** PUBLIC_URL, or the address under which the runner reached us; no "/" at the end. */
  readonly origin: string
  readonly videoId: string
  /** The source's file itself, for a runner on the machine that holds it. */
  readonly sourcePath: string | null
  /** Opens the source; only for who holds the job (jobs/source-ticket.ts). */
  readonly ticket?: string
  /** Where the bucket itself serves the source, and that it takes segments; null: it signs nothing. */
  readonly storageUrl?: string | null
}

type PresentedJob = Pick<JobRow, 'uuid' | 'type' | 'payload'>
type Stored = Readonly<Record<string, unknown>>

/** A payload as runners see it: what was planned, and where the inputs are (runner protocol 2). */
export function presentPayload(job: PresentedJob, place: Place): Stored {
  const isFileJob = Object.hasOwn(inputsOf, job.type)
  return isFileJob ? presentFileJob(job, place) : presentOwnJob(job, place)
}

/**
 * Reelmill's own types: one address of the source, with ranges, and the path where that is shared.
 * The video is named so that a runner knows which of its jobs belong together.
 */
function presentOwnJob({ uuid, payload: stored }: PresentedJob, place: Place): Stored {
  const payload: Stored = { ...stored, videoId: place.videoId }
  const input = typeof payload['input'] === 'object' ? payload['input'] : {}
  const path = place.sourcePath === null ? {} : { path: place.sourcePath }
  const ticket = place.ticket === undefined ? '' : `/${place.ticket}`
  const url = `${place.origin}${sourcePath(uuid)}${ticket}`
  if (!place.storageUrl) return { ...payload, input: { ...input, url, ...path } }
  const { storageUrl } = place
  return { ...payload, input: { ...input, url, ...path, storageUrl }, segmentUploads: true }
}

function presentFileJob({ uuid, type, payload }: PresentedJob, place: Place): Stored {
  const base = `${place.origin}${protocolPrefix}/jobs/${uuid}/files/videos/${place.videoId}`
  const input = inputsOf[type as FileJobType](base, payload)
  const tasks = payload['tasks']
  return {
    ...payload,
    input,
    output: payload['output'] ?? {},
    ...(Array.isArray(tasks) ? { tasks: tasks.map((task) => presentTask(base, task)) } : {}),
  }
}

type Inputs = {
  readonly [Type in FileJobType]: (base: string, payload: Stored) => FilePayloads[Type]['input']
}

/** The addresses of each type's inputs (2.1 to 2.7); with what section 7.1 recommends to send. */
const inputsOf: Inputs = {
  'vod-web-video-transcoding': videoInput,
  'vod-hls-transcoding': videoInput,
  'video-studio-transcoding': videoInput,
  'vod-audio-merge-transcoding': (base) => ({
    audioFileUrl: `${base}/max-quality/audio`,
    previewFileUrl: `${base}/thumbnails/max-quality`,
  }),
  'video-transcription': (base, payload) =>
    readElsewhere(payload) ?? { videoFileUrl: `${base}/max-quality/audio` },
  'generate-video-storyboard': (base) => ({ videoFileUrl: `${base}/max-quality` }),
}

/** An address that the order itself named (flow/order-transcript.ts). */
function readElsewhere({ input }: Stored): { videoFileUrl: string; isElsewhere: true } | null {
  if (typeof input !== 'object' || input === null || !('videoFileUrl' in input)) return null
  return { videoFileUrl: String(input.videoFileUrl), isElsewhere: true }
}

function videoInput(base: string, payload: Stored) {
  const output = payload['output']
  const isSound =
    typeof output === 'object' &&
    output !== null &&
    'resolution' in output &&
    output.resolution === 0
  const videoFileUrl = `${base}/max-quality${isSound ? '/audio' : ''}`
  return { videoFileUrl, separatedAudioFileUrl: [] }
}

/** Tasks name their files; runners get addresses, and both spellings of the margin (2.4). */
function presentTask(base: string, task: StudioTask): unknown {
  const url = (file: string) => `${base}/studio/task-files/${file}`
  switch (task.name) {
    case 'add-intro':
    case 'add-outro':
      return { ...task, options: { file: url(task.options.file) } }
    case 'add-watermark': {
      const { horizontalMarginRatio = 0, file } = task.options
      const margins = { horizontalMarginRatio, horitonzalMarginRatio: horizontalMarginRatio }
      return { ...task, options: { ...task.options, ...margins, file: url(file) } }
    }
    case 'cut':
    case 'remove-segments':
      return task
  }
}
