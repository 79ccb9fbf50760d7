import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { problems } from '#edges/http/schemas.ts'
import type { Parts } from '#flow/parts.ts'
import {
  createRegistrationToken,
  listRegistrationTokens,
  type RegistrationTokenView,
  revokeRegistrationToken,
} from '#runners/registration-tokens.ts'
import { readPaging } from './admin-paging.ts'
import { PageQuery, TokenParams } from './admin-schemas.ts'
import { RegistrationToken, RegistrationTokenList } from './fleet-schemas.ts'
import { noContent } from './schemas.ts'

const about = (summary: string) => ({ tags: ['runners'], summary })

const generate = {
  ...about('Make a registration token'),
  description: 'With `Prefer: return=representation` it is shown, this once; else only made.',
  headers: Type.Object({
    prefer: Type.Optional(Type.String({ description: '`return=representation`' })),
  }),
  response: { 200: RegistrationToken, 204: noContent, ...problems },
}
const list = {
  ...about('Registration tokens; of the tokens themselves, the last characters'),
  querystring: PageQuery,
  response: { 200: RegistrationTokenList, ...problems },
}
const revoke = {
  ...about('Revoke a registration token; its runners stay'),
  params: TokenParams,
  response: { 204: noContent, ...problems },
}

/**
 * Registration tokens (runner protocol 1.3, calls 5 to 7).
 *
 * The genuine server answers `generate` with 204 and shows the token in the list for ever. Here only
 * a hash is kept, so the answer to `generate` is the one place where the token can be shown. The wire
 * stays what it is for those who know only it: 204. Who wants the token says so in the way that HTTP
 * has for it, `Prefer: return=representation` (RFC 7240), and gets 200 with it. A token in a header of
 * the 204 would reach also those who did not ask, and what logs headers.
 */
export function adminTokenRoutes(parts: Parts): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.post('/registration-tokens/generate', { schema: generate }, async (request, reply) => {
      const { id, token, createdAt } = await createRegistrationToken(parts.database)
      request.log.info({ id, ip: request.ip }, 'an operator made a registration token')
      if (!wantsRepresentation(request)) return reply.status(204).send(null)
      return reply
        .header('preference-applied', 'return=representation')
        .header('cache-control', 'no-store')
        .send({
          id,
          registrationToken: token,
          createdAt,
          updatedAt: createdAt,
          registeredRunnersCount: 0,
        })
    })

    app.get('/registration-tokens', { schema: list }, async ({ query }) => {
      const { total, tokens } = await listRegistrationTokens(parts.database, {
        ...readPaging(query),
        oldestFirst: query.sort === 'createdAt',
        revokedToo: false,
      })
      return { total, data: tokens.map(presentToken) }
    })

    // Its runners stay (WD16): only the genuine server deletes them with it.
    app.delete('/registration-tokens/:tokenId', { schema: revoke }, async (request, reply) => {
      await revokeRegistrationToken(parts.database, request.params.tokenId)
      return reply.status(204).send(null)
    })
  }
}

function wantsRepresentation({ headers }: FastifyRequest): boolean {
  const preferences = [headers['prefer'] ?? []].flat().join(',')
  return /(^|[,\s])return\s*=\s*"?representation"?\s*($|[,;])/i.test(preferences)
}

/** Of the token itself only the last characters are known. */
function presentToken({ id, hint, runners, createdAt, updatedAt }: RegistrationTokenView) {
  const registrationToken = `ptrrt-…${hint}`
  return { id, registrationToken, createdAt, updatedAt, registeredRunnersCount: runners }
}
