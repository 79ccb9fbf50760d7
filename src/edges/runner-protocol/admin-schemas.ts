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

/** `videoId` is Reelmill's own. Lists are what `gatherLists` made of them. */
export const JobsQuery = Type.Object({
  ...paging,
  sort: Type.Optional(
    Type.String({ pattern: '^[-+ ]?(updatedAt|createdAt|priority|state|progress)$' }),
  ),
  search: Type.Optional(Type.String({ maxLength: 1000 })),
  stateOneOf: Type.Optional(Type.Array(Type.Enum(jobStates.map((_, index) => String(index + 1))))),
  typeOneOf: Type.Optional(Type.Array(Type.Enum([...jobTypes]))),
  videoId: Type.Optional(uuid),
})

const id = Type.String({ pattern: '^\\d{1,15}$' })

export const RunnerParams = Type.Object({ runnerId: id })
export const TokenParams = Type.Object({ tokenId: id })

export const StateBody = Type.Object({
  state: Type.Enum([...operatorStates]),
  reason: Type.Optional(Type.String({ minLength: 1, maxLength: 1000 })),
})
