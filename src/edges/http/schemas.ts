import { Type } from 'typebox'
import { catalogue } from '#errors/catalogue.ts'
import type { VideoPage as Page } from '#videos/list.ts'
import type { VideoView } from '#videos/video-view.ts'
import { webhookFormats } from '#webhooks/formats.ts'

/** What it is, or null. */
export const nullable = <S extends Parameters<typeof Type.Union>[0][number]>(schema: S) =>
  Type.Union([schema, Type.Null()])

/** The states of a video, in the order of its journey. */
export const VideoState = Type.Enum([
  'uploading',
  'probing',
  'planning',
  'encoding',
  'packaging',
  'publishing',
  'published',
  'failed',
  'cancelled',
])

/** Who may see and watch a video. */
export const Visibility = Type.Enum(['public', 'private'], {
  description: 'Who may see and watch it: everybody, or its owner and operators',
})

/** Why something failed. */
export const FailureRecord = Type.Object({
  code: Type.String({ description: 'Stable; one of docs/errors.md' }),
  message: Type.String({ description: 'A sentence for the owner of the video' }),
  details: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
})

const Rendition = Type.Object({
  name: Type.String(),
  kind: Type.Enum(['video', 'audio']),
  codec: Type.String(),
  width: nullable(Type.Integer()),
  height: nullable(Type.Integer()),
  fps: nullable(Type.Number()),
  frames: nullable(Type.Integer({ description: 'Pictures that are finished and checked' })),
  bytes: Type.Integer(),
  bandwidth: nullable(Type.Integer({ description: 'Highest bits per second of any run' })),
  averageBandwidth: nullable(Type.Integer({ description: 'Bits per second' })),
  progress: Type.Number({ minimum: 0, maximum: 1 }),
  encoder: nullable(
    Type.Object({
      preset: Type.String(),
      crf: Type.Number(),
      maxrateBps: Type.Integer(),
      bufsizeBits: Type.Integer(),
      gopFrames: Type.Integer(),
    }),
  ),
  language: nullable(Type.String({ description: 'BCP 47' })),
  channels: nullable(Type.Integer()),
})

const Source = Type.Object(
  {
    filename: nullable(Type.String()),
    sizeBytes: nullable(Type.Integer()),
    durationSeconds: Type.Optional(Type.Number({ description: 'Once it was probed' })),
  },
  { description: 'The file; with what probing found in it, once it has' },
)

/** VideoView of videos/video-view.ts; a test holds the two together. */
const VideoSchema = Type.Object(
  {
    id: Type.String({ format: 'uuid' }),
    name: Type.String(),
    state: VideoState,
    progress: Type.Number({ minimum: 0, maximum: 1 }),
    playable: Type.Boolean({ description: 'urls.hls plays now, maybe still growing' }),
    error: Type.Optional(FailureRecord),
    upload: Type.Optional(
      Type.Object(
        { receivedBytes: Type.Integer(), totalBytes: nullable(Type.Integer()) },
        { description: 'While the source arrives, where it is known how far that is' },
      ),
    ),
    source: Source,
    renditions: Type.Array(Rendition),
    chunks: Type.Object({ total: Type.Integer(), done: Type.Integer() }),
    urls: Type.Object({
      hls: nullable(Type.String()),
      dash: nullable(Type.String()),
      mp4: Type.Record(Type.String(), Type.String()),
      transcripts: Type.Record(Type.String(), Type.String(), {
        description: 'WebVTT, by language',
      }),
      subtitles: Type.Record(Type.String(), Type.String(), {
        description: 'WebVTT that people added, by language',
      }),
      thumbnail: nullable(Type.String()),
      storyboard: nullable(Type.String()),
    }),
    cost: Type.Object({
      cpuSeconds: Type.Number(),
      wallSeconds: Type.Number(),
      peakMemoryBytes: Type.Integer(),
    }),
    profile: Type.String(),
    metadata: Type.Record(Type.String(), Type.Unknown()),
    ownerId: nullable(Type.String({ format: 'uuid', description: 'A user' })),
    owner: nullable(
      Type.Object(
        { id: Type.String({ format: 'uuid' }), name: Type.String() },
        { description: 'The user of ownerId' },
      ),
    ),
    visibility: Visibility,
    webhookUrl: nullable(Type.String({ description: 'Shown to those who may change the video' })),
    externalId: nullable(Type.String({ description: 'Shown to those who may change the video' })),
    revision: Type.Integer({ minimum: 1, description: 'Grows with every PATCH; also the ETag' }),
    version: Type.Integer({ minimum: 1 }),
    createdAt: Type.String({ format: 'date-time' }),
    updatedAt: Type.String({ format: 'date-time' }),
    playableAt: nullable(Type.String({ format: 'date-time' })),
    publishedAt: nullable(Type.String({ format: 'date-time' })),
  },
  { $id: 'Video' },
)

/** The video, by the name of its schema. */
export const Video = Type.Unsafe<VideoView>(Type.Ref('Video'))

/** A page of videos. */
export const VideoPage = Type.Unsafe<Page>(
  Type.Object({
    videos: Type.Array(Video, { description: 'From the newest to the oldest' }),
    next: nullable(Type.String({ description: 'The cursor of the next page' })),
  }),
)

/** RFC 9457. */
const ProblemSchema = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String(),
    code: Type.Enum(Object.keys(catalogue)),
    requestId: Type.String(),
  },
  { $id: 'Problem', description: 'A problem (RFC 9457) with a stable code' },
)

/** Schemas that routes refer to by name. */
export const namedSchemas = [VideoSchema, ProblemSchema] as const

const problem = {
  description: 'A problem',
  content: { 'application/problem+json': { schema: Type.Ref('Problem') } },
}

/** What every route can answer with instead. */
export const problems = { '4xx': problem, '5xx': problem }

export const VideoParams = Type.Object({ id: Type.String({ description: 'Id of the video' }) })

export const VideoName = Type.String({ minLength: 1, maxLength: 500 })
/** What file names begin with where a profile's rules let it be given (D-03, D-65). */
export const BaseName = Type.String({
  pattern: '^[A-Za-z0-9_-]{1,100}$',
  description: 'What the names of whole files begin with (profiles by the rules of `marsha`)',
})
/** Checked in full when it is used: it must lead to the public internet. */
export const WebhookUrl = Type.String({
  maxLength: 2000,
  pattern: '^https?://',
  description: 'Told of what happens to this video',
})
export const WebhookFormat = Type.Enum([...webhookFormats], {
  description: 'How the bodies of webhooks are written; docs/webhooks.md has them all',
})
export const ExternalId = Type.String({
  minLength: 1,
  maxLength: 500,
  description: "The application's or a processor's own name for it; unique",
})
/** What a file is called by whoever uploads it: as long as file systems allow. */
export const Filename = Type.String({ minLength: 1, maxLength: 255 })
export const ProfileName = Type.String({ minLength: 1, maxLength: 100 })
export const Metadata = Type.Record(Type.String(), Type.Unknown(), {
  description: "The application's own data, kept and given back as it is",
})
