import { Type } from 'typebox'
import { jobTypes } from '#jobs/job-types.ts'
import { jobStates } from '#jobs/list.ts'
import { operatorStates } from '#runners/change-state.ts'
import { uuid } from './schemas.ts'

/** Queries are texts; these are the numbers that the protocol takes, and nothing else (1.3, 1.5). */
const paging = {
  start: Type.Optional(Type.String({ pattern: '^\\d{1,9}$' })),
  count: Type.Optional(Type.String({ pattern: '^(\\d{1,2}|100)$' })),
}

/** Of runners and registration tokens. */
export const PageQuery = Type.Object({
  ...paging,
  sort: Type.Optional(Type.Enum(['createdAt', '-createdAt'])),
})

/** `search` is Reelmill's own. */
export const RunnersQuery = Type.Object({
  ...PageQuery.properties,
  search: Type.Optional(Type.String({ maxLength: 1000, description: 'A part of the name' })),
})

const id = Type.String({ pattern: '^\\d{1,15}$' })

/** `videoId` and `runnerId` are Reelmill's own. Lists are what `gatherLists` made of them. */
const filters = {
  search: Type.Optional(
    Type.String({
      maxLength: 1000,
      description: "A job's uuid, or a part of its type, label, runner's name or video's name",
    }),
  ),
  typeOneOf: Type.Optional(Type.Array(Type.Enum([...jobTypes]))),
  videoId: Type.Optional(uuid),
  runnerId: Type.Optional(id),
}

export const JobsQuery = Type.Object({
  ...paging,
  sort: Type.Optional(
    Type.String({ pattern: '^[-+ ]?(updatedAt|createdAt|priority|state|progress)$' }),
  ),
  stateOneOf: Type.Optional(Type.Array(Type.Enum(jobStates.map((_, index) => String(index + 1))))),
  ...filters,
})

export const JobCountsQuery = Type.Object(filters)

export const RunnerParams = Type.Object({ runnerId: id })
export const TokenParams = Type.Object({ tokenId: id })

export const StateBody = Type.Object({
  state: Type.Enum([...operatorStates]),
  reason: Type.Optional(Type.String({ minLength: 1, maxLength: 1000 })),
})

/** As many as a page shows, and then some. */
const mostAtOnce = 500

export const JobsBulkBody = Type.Object(
  {
    action: Type.Enum(['cancel', 'retry']),
    ids: Type.Array(uuid, { minItems: 1, maxItems: mostAtOnce }),
  },
  { additionalProperties: false },
)

export const RunnersBulkBody = Type.Object(
  {
    action: Type.Enum(['enable', 'drain', 'disable', 'remove']),
    ids: Type.Array(Type.Integer({ minimum: 1 }), { minItems: 1, maxItems: mostAtOnce }),
    reason: Type.Optional(Type.String({ minLength: 1, maxLength: 1000 })),
  },
  { additionalProperties: false },
)
