import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { Parts } from '#flow/parts.ts'
import { endSession } from '#people/end-session.ts'
import { getUser } from '#people/list-users.ts'
import { logIn } from '#people/log-in.ts'
import { csrfTokenOf } from '#people/session-token.ts'
import type { Access } from '../access/access.ts'
import { guardForeignPage, guardOrigin } from '../access/guard-origin.ts'
import { principalOf } from '../access/principal-of.ts'
import { readSessionCookie, writeSessionCookie } from '../access/session-cookie.ts'
import { problems } from '../schemas.ts'
import { ownPasswordRoute } from './own-password-route.ts'
import { placeOf, requireWelcome } from './require-welcome.ts'
import { TypedText, User } from './schemas.ts'
import { describeCaller, Whoami } from './whoami.ts'

const Credentials = Type.Object(
  { name: TypedText, password: TypedText },
  { additionalProperties: false },
)

const Session = Type.Object({
  user: User,
  csrfToken: Type.String({ description: 'For X-CSRF-Token, where a client sends no Origin' }),
})

/** /api/v1/sessions: logging in and out by cookie, and who one is (C-03). */
export const sessionRoutes: FastifyPluginAsyncTypebox<{ parts: Parts; access: Access }> = async (
  app,
  { parts, access },
) => {
  const { database } = parts
  const about = (summary: string) => ({ tags: ['people'], summary })
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('cache-control', 'no-store')
  })

  app.post(
    '',
    {
      schema: {
        ...about('Log in; the session is in a cookie'),
        body: Credentials,
        response: { 201: Session, ...problems },
      },
    },
    async (request, reply) => {
      guardForeignPage(access, request.headers)
      const login = { ...request.body, ...placeOf(request) }
      const { token, userId } = requireWelcome(reply, await logIn(database, login))
      const before = readSessionCookie(access, request.headers)
      if (before !== null) await endSession(database, before)
      request.log.info({ user: userId, ip: request.ip }, 'somebody logged in')
      reply.code(201).header('set-cookie', writeSessionCookie(access, token))
      return { user: await getUser(database, userId), csrfToken: csrfTokenOf(token) }
    },
  )

  app.get(
    '/current',
    { schema: { ...about('Who calls'), response: { 200: Whoami, ...problems } } },
    async (request) => describeCaller(parts, access, request, await principalOf(access, request)),
  )

  app.delete(
    '/current',
    { schema: { ...about('Log out'), response: { 204: Type.Null(), ...problems } } },
    async (request, reply) => {
      const token = readSessionCookie(access, request.headers)
      guardOrigin(access, request, null)
      if (token !== null) await endSession(database, token)
      return reply.code(204).header('set-cookie', writeSessionCookie(access, null)).send(null)
    },
  )
  await app.register(ownPasswordRoute, { parts, access })
}
