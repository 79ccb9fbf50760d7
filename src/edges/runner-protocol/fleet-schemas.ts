import { Type } from 'typebox'
import { nullable } from '#edges/http/schemas.ts'
import { jobTypes } from '#jobs/job-types.ts'
import { countedAtMost, jobStates } from '#jobs/list.ts'

const time = Type.String({ format: 'date-time' })
const uuid = Type.String({ format: 'uuid' })
const share = Type.Number({ minimum: 0, maximum: 1 })

const JobInHand = Type.Object({
  uuid,
  type: Type.String(),
  label: Type.String({ description: 'For people: chunk 3, audio' }),
  state: Type.Enum(['processing', 'completing']),
  videoId: uuid,
  videoName: Type.String(),
  progress: share,
  startedAt: nullable(time),
})

const Work = Type.Object(
  {
    jobs: Type.Array(JobInHand, { description: 'In its hands now, from the oldest on' }),
    speed: nullable(
      Type.Number({
        description:
          'Seconds of video that one of its jobs encodes in a second: the mean of its last twenty',
      }),
    ),
    completed: Type.Integer({ description: 'Jobs of the last day' }),
    failed: Type.Integer({ description: 'Failed tries of the last day' }),
    lastFailure: nullable(
      Type.Object({ at: time, jobUuid: uuid, code: Type.String(), message: Type.String() }),
    ),
  },
  { description: 'What it does, and did in the last day' },
)

/** A runner as operators see it: the protocol's fields (1.3, call 3) and Reelmill's own. */
const RunnerSchema = Type.Object(
  {
    id: Type.Integer(),
    name: Type.String(),
    description: nullable(Type.String()),
    ip: nullable(Type.String()),
    version: nullable(Type.String()),
    local: Type.Boolean({ description: "In the care of a server, and on the server's machine" }),
    encoders: nullable(
      Type.Array(Type.String(), { description: "ffmpeg's names; null: it does not tell" }),
    ),
    slots: Type.Integer({ description: 'Jobs that it does at once' }),
    jobs: Type.Integer({ description: 'In its hands now' }),
    state: Type.Enum(['active', 'draining', 'disabled', 'set_aside']),
    stateReason: nullable(Type.String({ description: 'Why it is in that state, for people' })),
    stateSince: time,
    trialAt: nullable(
      Type.String({ format: 'date-time', description: 'Set aside until then, but for a trial' }),
    ),
    online: Type.Boolean({ description: 'It called lately, or holds a connection' }),
    lastContact: time,
    createdAt: time,
    updatedAt: time,
    work: Work,
  },
  { $id: 'Runner' },
)

const JobStateOnWire = Type.Object(
  {
    id: Type.Integer({ minimum: 1, maximum: jobStates.length }),
    label: Type.String(),
  },
  { description: `By number: ${jobStates.join(', ')}` },
)

const jobFields = {
  uuid,
  type: Type.Enum([...jobTypes]),
  state: JobStateOnWire,
  progress: nullable(Type.Integer({ minimum: 0, maximum: 100, description: 'Per cent' })),
  priority: Type.Integer({ description: 'Lower first' }),
  failures: Type.Integer(),
  error: nullable(Type.String()),
  payload: Type.Record(Type.String(), Type.Unknown(), { description: 'What runners are told' }),
  privatePayload: Type.Record(Type.String(), Type.Unknown()),
  startedAt: nullable(time),
  finishedAt: nullable(time),
  createdAt: time,
  updatedAt: time,
  runner: nullable(
    Type.Object({
      id: Type.Integer(),
      name: Type.String(),
      description: nullable(Type.String()),
    }),
  ),
  parent: nullable(
    Type.Object({ id: Type.Integer(), uuid, type: Type.String(), state: JobStateOnWire }),
  ),
  label: Type.String({ description: 'For people: chunk 3, audio' }),
  videoId: uuid,
  videoName: Type.String(),
  required: Type.Boolean({ description: 'Its video waits for it, and fails with it' }),
}

/** A job as operators see it: the protocol's fields (1.5, call 15) and Reelmill's own. */
const RunnerJobSchema = Type.Object(jobFields, { $id: 'RunnerJob' })

const Failure = Type.Object({
  code: Type.String({ description: 'Stable; one of docs/errors.md' }),
  message: Type.String(),
  details: Type.Optional(
    Type.Record(Type.String(), Type.Unknown(), {
      description: '`ffmpeg`: the last lines that it said',
    }),
  ),
})

const RunnerJobDetailsSchema = Type.Object(
  {
    ...jobFields,
    failure: nullable(Failure),
    cpuSeconds: nullable(Type.Number()),
    encoders: Type.Array(Type.String(), { description: 'Without which it cannot be done' }),
    tries: Type.Array(
      Type.Object({
        at: time,
        runner: nullable(Type.Object({ id: Type.Integer(), name: Type.String() })),
        error: Failure,
      }),
      { description: 'Those that failed, the latest first' },
    ),
  },
  { $id: 'RunnerJobDetails' },
)

/** Schemas that the operators' calls refer to by name. */
export const fleetSchemas = [RunnerSchema, RunnerJobSchema, RunnerJobDetailsSchema] as const

export const Runner = Type.Ref('Runner')
export const RunnerJobDetails = Type.Ref('RunnerJobDetails')

const total = Type.Integer({ description: 'How many there are in all' })

/** Lists as the protocol has them (1.3, 1.5). */
export const RunnerList = Type.Object({ total, data: Type.Array(Runner) })
export const RunnerJobList = Type.Object({ total, data: Type.Array(Type.Ref('RunnerJob')) })

export const JobCounts = Type.Object(
  Object.fromEntries(jobStates.map((state) => [state, Type.Integer({ minimum: 0 })])),
  { description: `By state; more than ${countedAtMost} are ${countedAtMost}` },
)

/** The token itself is whole only in the answer to `generate`. */
export const RegistrationToken = Type.Object({
  id: Type.Integer(),
  registrationToken: Type.String(),
  registeredRunnersCount: Type.Integer(),
  createdAt: time,
  updatedAt: time,
})

export const RegistrationTokenList = Type.Object({ total, data: Type.Array(RegistrationToken) })
