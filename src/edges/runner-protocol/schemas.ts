import { Type } from 'typebox'

/** Lengths and ranges of the runner protocol, 1.1 to 1.4; D-109. */
const token = Type.String({ minLength: 1, maxLength: 1000 })
const version = Type.String({ pattern: '^\\d+\\.\\d+\\.\\d+(-(rc|alpha|beta)\\.\\d+)?$' })

/** Reelmill's own additions: what a runner can do. Others leave them out. */
const abilities = {
  encoders: Type.Optional(Type.Array(Type.String({ maxLength: 100 }), { maxItems: 1000 })),
  slots: Type.Optional(Type.Integer({ minimum: 1, maximum: 256 })),
}

export const RegisterBody = Type.Object({
  registrationToken: token,
  name: Type.String({ minLength: 1, maxLength: 100 }),
  description: Type.Optional(Type.String({ minLength: 1, maxLength: 1000 })),
  version: Type.Optional(version),
  temporary: Type.Optional(Type.Boolean()),
  ...abilities,
})

export const RunnerBody = Type.Object({ runnerToken: token })

export const RequestBody = Type.Object({
  runnerToken: token,
  version: Type.Optional(version),
  jobTypes: Type.Optional(Type.Array(Type.String())),
  ...abilities,
})

/** A uuid of any version, as PostgreSQL takes it. */
export const uuid = Type.String({
  pattern: '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$',
})

/** 204. */
export const noContent = Type.Null()

export const JobParams = Type.Object({ jobUuid: uuid })

const holder = { runnerToken: token, jobToken: token }

/** The tokens of a held job where nothing else is said. */
export const HolderBody = Type.Object(holder)

export const AbortBody = Type.Object({
  ...holder,
  reason: Type.String({ minLength: 1, maxLength: 5000 }),
})

export const UpdateBody = Type.Object({
  ...holder,
  progress: Type.Optional(Type.Integer({ minimum: 0, maximum: 100 })),
  /** Only live jobs have one; for every other type it must be empty. */
  payload: Type.Optional(Type.Object({}, { maxProperties: 0 })),
})

/** `code` and `retryable` are Reelmill's own: what is wrong with the media is not tried again. */
export const ErrorBody = Type.Object({
  ...holder,
  message: Type.String({ minLength: 1, maxLength: 5000 }),
  code: Type.Optional(Type.String({ maxLength: 100 })),
  retryable: Type.Optional(Type.Boolean()),
  details: Type.Optional(Type.Record(Type.String({ maxLength: 100 }), Type.Unknown())),
})

const amount = Type.Optional(Type.Number({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }))

/**
 * The result of Reelmill's own types: the segments are there already, these are their numbers. Of
 * other types the texts; the files come beside them.
 */
export const SuccessBody = Type.Object({
  ...holder,
  payload: Type.Optional(
    Type.Object({
      cpuSeconds: amount,
      wallSeconds: amount,
      peakMemoryBytes: amount,
      segments: Type.Optional(
        Type.Record(Type.String(), Type.Integer({ minimum: 0, maximum: 10_000_000 })),
      ),
      inputLanguage: Type.Optional(Type.String({ maxLength: 100 })),
    }),
  ),
})

/** The tokens of a held job where the body is bytes, or there is none. */
export const HolderHeaders = Type.Object({ 'x-runner-token': token, 'x-job-token': token })

const track = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,63}$' })

export const TrackParams = Type.Object({ ...JobParams.properties, track })

export const SegmentParams = Type.Object({
  ...TrackParams.properties,
  number: Type.Integer({ minimum: 0, maximum: 10_000_000 }),
})
