import { Type } from 'typebox'
import { policyKeys } from '#policies/policy.ts'
import { nullable } from '../schemas.ts'

const Value = Type.Union([Type.Boolean(), Type.Integer()])
const Key = Type.Enum([...policyKeys])
const Time = Type.String({ format: 'date-time' })

/** PolicyView of policies/list.ts. */
const Policy = Type.Object({
  key: Key,
  kind: Type.Enum(['switch', 'number']),
  value: Value,
  default: Value,
  unit: nullable(Type.String({ description: 'Of a number' })),
  most: nullable(Type.Integer({ description: 'The largest number that is taken' })),
  meaning: Type.String({ description: 'A sentence' }),
  waiting: nullable(
    Type.Object(
      { what: Type.Enum(['videos', 'jobs']), count: Type.Integer() },
      { description: 'What it holds back now' },
    ),
  ),
  updatedBy: nullable(Type.String({ description: 'null: nobody has changed it yet' })),
  updatedAt: Time,
})

export const PolicyList = Type.Object({ policies: Type.Array(Policy) })

/** PolicyChange of policies/list-changes.ts. */
export const PolicyChanges = Type.Object({
  changes: Type.Array(
    Type.Object({
      id: Type.Integer(),
      key: Key,
      from: nullable(Value),
      to: nullable(Value),
      by: Type.String({ description: 'For people' }),
      at: Time,
    }),
    { description: 'From the newest to the oldest' },
  ),
})

/** A switch: true, false, or 1, true, yes, 0, false, no as a text; a number; null: the default. */
const Input = Type.Union([
  Type.Boolean(),
  Type.Integer(),
  Type.String({ maxLength: 64 }),
  Type.Null(),
])

const input = Type.Optional(Input)

/** New values by key; what is left out stays. */
export const PolicyInputs = Type.Object(
  {
    ingestEnabled: input,
    transcodeEnabled: input,
    exportEnabled: input,
    terminateAll: input,
    nodeTimeout: input,
    verifyDuringIngest: input,
    failureTolerance: input,
  },
  {
    additionalProperties: false,
    minProperties: 1,
    description:
      'A switch as true or false, or as 1, true, yes, 0, false, no in any case; a number; null: the default',
  },
)
