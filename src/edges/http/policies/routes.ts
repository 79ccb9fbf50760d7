import {
  type FastifyPluginAsyncTypebox,
  TypeBoxValidatorCompiler,
} from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { Parts } from '#flow/parts.ts'
import { namePrincipal } from '#people/name-principal.ts'
import { listPolicies } from '#policies/list.ts'
import { listPolicyChanges } from '#policies/list-changes.ts'
import { setPolicies } from '#policies/set.ts'
import type { Access } from '../access/access.ts'
import { guardCalls } from '../access/guard-calls.ts'
import { principalOf } from '../access/principal-of.ts'
import { problems } from '../schemas.ts'
import { PolicyChanges, PolicyInputs, PolicyList } from './schemas.ts'

const ChangesQuery = Type.Object(
  { limit: Type.Integer({ minimum: 1, maximum: 100, default: 20 }) },
  { additionalProperties: false },
)

/** /api/v1/policies: operators read them, administrators change them (P-22, U70). */
export const policyRoutes: FastifyPluginAsyncTypebox<{ parts: Parts; access: Access }> = async (
  app,
  { parts: { database, config }, access },
) => {
  guardCalls(app, access, {
    read: { role: 'operator', scope: 'runners' },
    write: { role: 'admin', scope: null },
  })
  const about = (summary: string) => ({ tags: ['policies'], summary })

  const list = {
    ...about('What may be turned while everything runs, and what that holds back now'),
    response: { 200: PolicyList, ...problems },
  }
  app.get('', { schema: list }, async () => ({ policies: await listPolicies(database, config) }))

  const change = {
    ...about('Change policies, all that are named or none'),
    body: PolicyInputs,
    response: { 200: PolicyList, ...problems },
  }
  // The usual one makes of a value the first type of a union that it can: of null, false.
  const validatorCompiler = TypeBoxValidatorCompiler
  app.patch('', { schema: change, validatorCompiler }, async (request) => {
    const by = await namePrincipal(database, await principalOf(access, request))
    await setPolicies(database, request.body, by)
    request.log.info({ changes: request.body, by }, 'policies were changed')
    return { policies: await listPolicies(database, config) }
  })

  const history = {
    ...about('Who changed which policy, and when'),
    querystring: ChangesQuery,
    response: { 200: PolicyChanges, ...problems },
  }
  app.get('/changes', { schema: history }, async ({ query: { limit } }) => ({
    changes: await listPolicyChanges(database, limit),
  }))
}
