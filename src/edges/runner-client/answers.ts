import { type Static, type TSchema, Type } from 'typebox'
import { Value } from 'typebox/value'
import { ReelmillError } from '#errors/reelmill-error.ts'

/** What is read of the server's answers; whatever else they hold is left alone. */
export const RegisterAnswer = Type.Object({ runnerToken: Type.String({ minLength: 1 }) })

export const RequestAnswer = Type.Object({
  availableJobs: Type.Array(Type.Object({ uuid: Type.String(), type: Type.String() })),
  /** Only Reelmill says so: the runner is to end with the last job that it has. */
  terminate: Type.Optional(Type.Boolean()),
})

export type Offers = Static<typeof RequestAnswer>

const AcceptedJobSchema = Type.Object({
  uuid: Type.String({ pattern: '^[0-9a-fA-F-]{36}$' }),
  type: Type.String(),
  jobToken: Type.String({ minLength: 1 }),
  /** How long a runner that falls silent keeps the job; only Reelmill says so. */
  leaseSeconds: Type.Optional(Type.Number({ exclusiveMinimum: 0 })),
  /** What is in it depends on the type, and is checked where it is used. */
  payload: Type.Object({}),
})

const SegmentUploadSchema = Type.Object({
  number: Type.Integer(),
  url: Type.String({ pattern: '^https?://' }),
  headers: Type.Record(Type.String(), Type.String()),
})

/** Where in the bucket a segment may be put. */
export type SegmentUpload = Static<typeof SegmentUploadSchema>

export const UploadsAnswer = Type.Object({ uploads: Type.Array(SegmentUploadSchema) })

export const AcceptAnswer = Type.Object({ job: AcceptedJobSchema })

export type AcceptedJob = Static<typeof AcceptedJobSchema>

/** An answer as what it should be. Fails with `server_refused`. */
export function readAnswer<Schema extends TSchema>(
  schema: Schema,
  answer: unknown,
): Static<Schema> {
  if (Value.Check(schema, answer)) return answer
  throw new ReelmillError('server_refused', 'The server gave an answer that cannot be understood.')
}
