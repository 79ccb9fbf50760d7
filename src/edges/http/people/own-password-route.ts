import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { Parts } from '#flow/parts.ts'
import { changeOwnPassword } from '#people/change-own-password.ts'
import type { Access } from '../access/access.ts'
import { guardOrigin } from '../access/guard-origin.ts'
import { principalOf } from '../access/principal-of.ts'
import { writeSessionCookie } from '../access/session-cookie.ts'
import { problems } from '../schemas.ts'
import { placeOf, requireWelcome } from './require-welcome.ts'
import { Password, TypedText } from './schemas.ts'

const NewPassword = Type.Object(
  { currentPassword: TypedText, password: Password },
  { additionalProperties: false },
)

/** PUT /api/v1/sessions/current/password: for whoever is logged in. */
export const ownPasswordRoute: FastifyPluginAsyncTypebox<{ parts: Parts; access: Access }> = async (
  app,
  { parts: { database }, access },
) => {
  const schema = {
    tags: ['people'],
    summary: 'Change one’s own password; all other sessions end',
    body: NewPassword,
    response: { 204: Type.Null(), ...problems },
  }
  // Before the body is looked at: a stranger is told nothing of it.
  const onRequest = async (request: FastifyRequest) => void (await requirePerson(access, request))
  app.put('/current/password', { schema, onRequest }, async (request, reply) => {
    const userId = await requirePerson(access, request)
    const change = { ...request.body, ...placeOf(request) }
    const { token } = requireWelcome(reply, await changeOwnPassword(database, userId, change))
    request.log.info({ user: userId }, 'a user changed the password')
    return reply.code(204).header('set-cookie', writeSessionCookie(access, token)).send(null)
  })
}

/** The user of a session; a key is not enough to change how its owner logs in. */
async function requirePerson(access: Access, request: FastifyRequest): Promise<string> {
  const principal = await principalOf(access, request)
  guardOrigin(access, request, principal)
  if (principal.kind === 'user' && principal.userId !== null) return principal.userId
  throw new ReelmillError('forbidden', 'Only somebody who is logged in has a password.')
}
