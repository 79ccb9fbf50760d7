import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Parts } from '#flow/parts.ts'
import { deleteUser } from '#people/delete-user.ts'
import { getUser, listUsers } from '#people/list-users.ts'
import { updateUser } from '#people/update-user.ts'
import type { Access } from '../access/access.ts'
import { guardCalls } from '../access/guard-calls.ts'
import { principalOf } from '../access/principal-of.ts'
import { problems } from '../schemas.ts'
import { createUserRoute } from './create-user-route.ts'
import { IdParams, Password, RoleName, User, UserName } from './schemas.ts'

const Changes = Type.Object(
  {
    name: Type.Optional(UserName),
    role: Type.Optional(RoleName),
    disabled: Type.Optional(Type.Boolean()),
    password: Type.Optional(Password),
  },
  { additionalProperties: false },
)

/** /api/v1/users: people, governed by administrators. */
export const userRoutes: FastifyPluginAsyncTypebox<{ parts: Parts; access: Access }> = async (
  app,
  { parts, access },
) => {
  const { database } = parts
  const admins = { role: 'admin', scope: null } as const
  guardCalls(app, access, { read: admins, write: admins })
  const about = (summary: string) => ({ tags: ['people'], summary })
  const one = { params: IdParams, response: { 200: User, ...problems } }
  const log = async (request: FastifyRequest, user: string, what: string) => {
    request.log.info({ user, by: (await principalOf(access, request)).label }, what)
  }

  app.get(
    '',
    {
      schema: {
        ...about('Users by name'),
        response: { 200: Type.Object({ users: Type.Array(User) }), ...problems },
      },
    },
    async () => ({ users: await listUsers(database) }),
  )

  await app.register(createUserRoute, { parts, access })

  app.get('/:id', { schema: { ...about('A user'), ...one } }, async ({ params }) =>
    getUser(database, params.id),
  )

  app.patch(
    '/:id',
    {
      schema: {
        ...about('Change a user; a new password, and being disabled, end the sessions'),
        body: Changes,
        ...one,
      },
    },
    async (request) => {
      const { id } = await getUser(database, request.params.id)
      await updateUser(database, id, request.body)
      await log(request, id, 'a user was changed')
      return getUser(database, id)
    },
  )

  app.delete(
    '/:id',
    {
      schema: {
        ...about('Remove a user with all keys; the videos stay'),
        params: IdParams,
        response: { 204: Type.Null(), ...problems },
      },
    },
    async (request, reply) => {
      const { id } = await getUser(database, request.params.id)
      await deleteUser(database, id)
      await log(request, id, 'a user was removed')
      return reply.code(204).send(null)
    },
  )
}
