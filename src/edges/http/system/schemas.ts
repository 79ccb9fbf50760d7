import { Type } from 'typebox'
import { nullable } from '../schemas.ts'
import { HealthCheck, HealthState, StoredBytes, Time } from '../statistics/schemas.ts'

const Bytes = Type.Integer({ minimum: 0 })

const SweepNote = nullable(
  Type.Object({
    finishedAt: Time,
    error: nullable(Type.String()),
    facts: Type.Record(Type.String(), Type.Unknown()),
  }),
)

const Server = Type.Object({
  id: Type.String({ format: 'uuid' }),
  host: Type.String(),
  pid: Type.Integer(),
  url: Type.String(),
  version: Type.String(),
  nodeVersion: Type.String(),
  alive: Type.Boolean({ description: 'It said so in the last 75 seconds' }),
  startedAt: Time,
  seenAt: Time,
})

const Setting = Type.Object({
  name: Type.String({ description: 'The environment variable' }),
  value: nullable(Type.String({ description: 'null: unset, or a secret' })),
  isSecret: Type.Boolean(),
  isDefault: Type.Boolean(),
  fallback: nullable(Type.String()),
  sentence: Type.String(),
  unit: nullable(Type.String()),
})

/** SystemView of flow/health/read-system.ts. */
export const SystemSchema = Type.Object({
  state: HealthState,
  checks: Type.Array(HealthCheck),
  versions: Type.Object({
    reelmill: Type.String(),
    node: Type.String(),
    postgres: Type.String(),
    ffmpeg: nullable(Type.String({ description: 'Of the server that answers' })),
  }),
  uptimeSeconds: Type.Integer({ description: 'Of the server that answers' }),
  servers: Type.Array(Server, { description: 'And those that fell silent in the last day' }),
  database: Type.Object({
    kind: Type.Enum(['embedded', 'server']),
    version: Type.String(),
    sizeBytes: Bytes,
    sessions: Type.Integer(),
    schema: Type.Integer({ description: 'The last migration' }),
    answeredMs: Type.Number(),
  }),
  storage: Type.Object({
    driver: Type.Enum(['fs', 's3', 'memory']),
    place: nullable(Type.String({ description: 'The folder, or the bucket' })),
    bytes: StoredBytes,
  }),
  disk: nullable(
    Type.Object({ freeBytes: Bytes, totalBytes: Bytes }, { description: 'Of DATA_DIR' }),
  ),
  encoders: Type.Array(
    Type.Object({
      name: Type.String(),
      runners: Type.Integer({ description: 'How many of those online have it' }),
    }),
  ),
  sweeps: Type.Object({ records: SweepNote, storage: SweepNote }),
  settings: Type.Array(Setting),
})

export const SweepOrder = Type.Object(
  {
    dryRun: Type.Optional(
      Type.Boolean({ description: 'Only tell what would be removed; true when left out' }),
    ),
    olderThanHours: Type.Optional(
      Type.Number({
        // What is being written now has no row for a moment.
        minimum: 1,
        maximum: 87_600,
        description: 'Younger ones are left alone; 24 when left out',
      }),
    ),
  },
  { additionalProperties: false },
)

/** SweepReport of flow/orphans/sweep-storage.ts, with some of what was found. */
export const SweepResult = Type.Object({
  dryRun: Type.Boolean(),
  orphans: Type.Object({
    objects: Type.Integer({ minimum: 0 }),
    bytes: Bytes,
    examples: Type.Array(Type.Object({ key: Type.String(), sizeBytes: Bytes }), {
      description: 'The first hundred',
    }),
  }),
  missing: Type.Array(
    Type.Object({
      videoId: Type.String({ format: 'uuid' }),
      version: Type.Integer(),
      files: Type.Integer(),
      example: Type.String(),
    }),
    { description: 'Published versions of which files are gone' },
  ),
})
