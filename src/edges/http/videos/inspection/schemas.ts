import { Type } from 'typebox'
import type { ChunkMap } from '#videos/chunk-map/chunk-map.ts'
import type { FailureView } from '#videos/past/list-failures.ts'
import type { VersionView } from '#videos/past/list-versions.ts'
import { FailureRecord, nullable, VideoState } from '../../schemas.ts'

const date = Type.String({ format: 'date-time' })
const seconds = nullable(Type.Number())

const MappedJob = Type.Object({
  uuid: Type.String({ format: 'uuid' }),
  type: Type.String(),
  label: Type.String(),
  state: Type.Enum([
    'pending',
    'processing',
    'completed',
    'errored',
    'waiting_for_parent',
    'cancelled',
    'parent_errored',
    'parent_cancelled',
    'completing',
  ]),
  renditions: Type.Array(Type.String()),
  runner: nullable(Type.String({ description: 'Told to operators' })),
  failures: Type.Integer({ description: 'Failed tries' }),
  error: nullable(Type.Object({ code: Type.String(), message: Type.String() })),
  progress: Type.Number({ minimum: 0, maximum: 1 }),
  startedAt: nullable(date),
  finishedAt: nullable(date),
  wallSeconds: seconds,
  cpuSeconds: seconds,
  speed: nullable(Type.Number({ description: 'Seconds of video per second' })),
})

const MappedChunk = Type.Object({
  index: Type.Integer(),
  firstFrame: Type.Integer(),
  lastFrame: nullable(Type.Integer({ description: 'null: wherever the source ends' })),
  startSeconds: Type.Number(),
  endSeconds: seconds,
  firstSegment: Type.Integer(),
  segments: nullable(Type.Integer({ description: 'Of each rendition' })),
  done: Type.Record(Type.String(), Type.Integer(), {
    description: 'Segments that are there and checked, by rendition',
  }),
  jobs: Type.Array(MappedJob),
})

/** ChunkMap of videos/chunk-map. */
export const ChunkMapSchema = Type.Unsafe<ChunkMap>(
  Type.Object({
    version: Type.Integer(),
    state: VideoState,
    layout: Type.String({ description: 'Another one: other chunks, or other jobs' }),
    next: Type.String({ description: 'To be given as `since`' }),
    complete: Type.Boolean({ description: 'False: only what changed since `since`' }),
    durationSeconds: seconds,
    renditions: Type.Array(
      Type.Object({
        name: Type.String(),
        kind: Type.Enum(['video', 'audio']),
        width: nullable(Type.Integer()),
        height: nullable(Type.Integer()),
        cpuSeconds: nullable(Type.Number({ description: 'Of a job’s, its share by pixels' })),
      }),
    ),
    chunks: Type.Array(MappedChunk),
    sound: Type.Array(MappedJob),
    other: Type.Array(MappedJob),
    totals: Type.Object({
      chunks: Type.Integer(),
      chunksDone: Type.Integer(),
      jobs: Type.Record(Type.String(), Type.Integer(), { description: 'How many, by state' }),
      failures: Type.Integer(),
      cpuSeconds: Type.Number(),
      wallSeconds: seconds,
    }),
  }),
)

/** VersionView of videos/past. */
export const VersionList = Type.Unsafe<{ readonly versions: readonly VersionView[] }>(
  Type.Object({
    versions: Type.Array(
      Type.Object({
        number: Type.Integer({ minimum: 1 }),
        state: VideoState,
        isPublished: Type.Boolean({ description: 'The one that people watch' }),
        error: nullable(FailureRecord),
        profile: nullable(Type.String({ description: 'null before planning' })),
        source: Type.Object({
          filename: nullable(Type.String()),
          sizeBytes: nullable(Type.Integer()),
          media: nullable(Type.Object({}, { description: 'What probing found' })),
        }),
        outputBytes: Type.Integer(),
        cost: Type.Object({
          cpuSeconds: Type.Number(),
          wallSeconds: Type.Number(),
          peakMemoryBytes: Type.Integer(),
        }),
        createdAt: date,
        playableAt: nullable(date),
        publishedAt: nullable(date),
      }),
      { description: 'The latest first' },
    ),
  }),
)

/** FailureView of videos/past. */
export const FailureList = Type.Unsafe<{ readonly failures: readonly FailureView[] }>(
  Type.Object({
    failures: Type.Array(
      Type.Object({
        at: date,
        version: Type.Integer(),
        job: nullable(
          Type.Object({ uuid: Type.String(), label: Type.String(), type: Type.String() }),
        ),
        runner: nullable(Type.String({ description: 'Told to operators' })),
        code: Type.String({ description: 'Stable; one of docs/errors.md' }),
        message: Type.String(),
        log: Type.Array(Type.String(), { description: 'The last lines that ffmpeg wrote' }),
        details: Type.Record(Type.String(), Type.Unknown()),
      }),
      { description: 'The latest first' },
    ),
  }),
)

/** A page of what happened. */
export const HistoryPage = Type.Object({
  events: Type.Array(
    Type.Object({
      id: Type.Integer(),
      type: Type.String({ description: 'As webhooks have it; docs/webhooks.md' }),
      at: date,
      data: Type.Record(Type.String(), Type.Unknown()),
    }),
    { description: 'The latest first' },
  ),
  next: nullable(Type.Integer({ description: 'To be given as `before`' })),
})
