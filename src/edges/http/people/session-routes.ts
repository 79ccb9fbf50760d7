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
import { nullable, problems } from '../schemas.ts'
import { ownPasswordRoute } from './own-password-route.ts'
import { placeOf, requireWelcome } from './require-welcome.ts'
import { RoleName, ScopeName, TypedText, User } from './schemas.ts'

const Credentials = Type.Object(
  { name: TypedText, password: TypedText },
  { additionalProperties: false },
)

const Session = Type.Object({
  user: User,
  csrfToken: Type.String({ description: 'For X-CSRF-Token, where a client sends no Origin' }),
})

const Whoami = Type.Object({
  kind: Type.Enum(['machine', 'admin_key', 'api_key', 'user']),
  role: RoleName,
  scopes: nullable(Type.Array(ScopeName)),
  user: nullable(User),
  csrfToken: nullable(Type.String()),
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
    async (request) => {
      const { kind, role, scopes, userId } = await principalOf(access, request)
      const token = kind === 'user' ? readSessionCookie(access, request.headers) : null
      return {
        ...{ kind, role, scopes },
        user: userId === null ? null : await getUser(database, userId),
        csrfToken: token === null ? null : csrfTokenOf(token),
      }
    },
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
