import { type Static, Type } from 'typebox'

/** What is read of the server's answers; whatever else they hold is left alone. */
export const RegisterAnswer = Type.Object({ runnerToken: Type.String({ minLength: 1 }) })

export const RequestAnswer = Type.Object({
  availableJobs: Type.Array(Type.Object({ uuid: Type.String(), type: Type.String() })),
})

const AcceptedJobSchema = Type.Object({
  uuid: Type.String({ pattern: '^[0-9a-fA-F-]{36}$' }),
  type: Type.String(),
  jobToken: Type.String({ minLength: 1 }),
  /** What is in it depends on the type, and is checked where it is used. */
  payload: Type.Object({}),
})

export const AcceptAnswer = Type.Object({ job: AcceptedJobSchema })

export type AcceptedJob = Static<typeof AcceptedJobSchema>
