import { ReelmillError } from '#errors/reelmill-error.ts'
import type { FileJobType, FilePayloads } from '#jobs/file-payload.ts'
import type { MediaInfo } from '#media/probe/media-info.ts'
import type { FileRendition, WholeFilePlan } from './plan.ts'

/** The types that planning orders; studio work is ordered by people. */
type PlannedType = Exclude<FileJobType, 'video-studio-transcoding'>

/** What a runner is told, but for the addresses of its inputs. */
type Order = {
  readonly [Type in PlannedType]: {
    readonly type: Type
    readonly payload: Omit<FilePayloads[Type], 'input'>
  }
}[PlannedType]

/** A job of whole files as planning orders it. */
export type PlannedFileJob = Order & {
  /** The rendition's name. */
  readonly label: string
  /** Kept here, never shown to runners (runner protocol 2). */
  readonly privatePayload: Readonly<Record<string, unknown>>
  readonly priority: number
  /** Pixels that are encoded, about: progress is measured by it. */
  readonly weight: number
  /** Place in the list of the job that must be completed first; null: none. */
  readonly parent: number | null
  readonly required: boolean
  /** None is asked for: runners of PeerTube's do not tell which they have. */
  readonly encoders: readonly string[]
}

interface Circumstances {
  readonly videoUuid: string
  readonly requestedAt: Date
  /** The base name that the video's creator gave; a transcript is named by it (D-71). */
  readonly baseName: string | null
  /** Storage key of the picture that sound alone is merged with; null where nothing is merged. */
  readonly previewKey: string | null
}

/** The jobs of a plan, one for each rendition and in their order (D-41, D-46). */
export function planWholeFileJobs(
  plan: WholeFilePlan,
  media: Pick<MediaInfo, 'durationSeconds'>,
  circumstances: Circumstances,
): PlannedFileJob[] {
  return plan.renditions.map((rendition, index) => ({
    ...order(rendition),
    label: rendition.name,
    privatePayload: describePrivately(plan, index, circumstances),
    priority: rendition.priority,
    weight: weigh(rendition, media.durationSeconds),
    parent: rendition.parent,
    required: rendition.required,
    encoders: [],
  }))
}

function order({ type, resolution, fps, separatedAudio, sprites }: FileRendition): Order {
  switch (type) {
    case 'vod-hls-transcoding':
      return { type, payload: { output: { resolution, fps, separatedAudio } } }
    case 'vod-web-video-transcoding':
    case 'vod-audio-merge-transcoding':
      return { type, payload: { output: { resolution, fps } } }
    case 'generate-video-storyboard':
      if (!sprites) throw new TypeError('a storyboard has sprites')
      return { type, payload: { sprites, output: {} } }
    case 'video-transcription':
      return { type, payload: { output: {} } }
    case 'video-studio-transcoding':
      throw new ReelmillError('internal', 'Studio work is in no plan.')
  }
}

function describePrivately(
  plan: WholeFilePlan,
  index: number,
  { videoUuid, requestedAt, baseName, previewKey }: Circumstances,
): Readonly<Record<string, unknown>> {
  const { type, deleteWebVideoFiles, madeFrom = null } = plan.renditions[index] ?? {}
  if (type === 'generate-video-storyboard') return { videoUUID: videoUuid }
  if (type === 'video-transcription') {
    return { videoUUID: videoUuid, ...(baseName === null ? {} : { base: baseName }) }
  }
  const transcoding = {
    videoUUID: videoUuid,
    isNewVideo: plan.naming === 'peertube',
    canMoveVideoState: !isRoot(plan, index),
    // The name of the rendition whose file is the input; the source where there is none (WD22).
    ...(madeFrom === null ? {} : { madeFrom: plan.renditions[madeFrom]?.name }),
  }
  // The source is kept: it is what every job is made from, and a retry too (WD22).
  const web = { ...transcoding, deleteInputFileId: null }
  if (type === 'vod-audio-merge-transcoding') return { ...web, previewKey }
  if (type !== 'vod-hls-transcoding') return web
  const { inputStreams } = plan
  const transcodingRequestAt = requestedAt.toISOString()
  return { ...transcoding, deleteWebVideoFiles, inputStreams, transcodingRequestAt }
}

/** With the first of a tree alone the video is not to be shown yet (runner protocol 6.5). */
function isRoot({ renditions }: WholeFilePlan, index: number): boolean {
  return (
    renditions[index]?.parent === null && renditions.some((rendition) => rendition.parent === index)
  )
}

/** Sound, tiles and words are next to nothing beside pictures, yet something. */
function weigh({ resolution, width, height, fps }: FileRendition, seconds: number): number {
  const pixels = width === null || height === null ? resolution ** 2 * (16 / 9) : width * height
  return Math.max(1, Math.round(pixels * fps * seconds))
}
