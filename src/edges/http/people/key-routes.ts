import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { Parts } from '#flow/parts.ts'
import { createKey } from '#people/create-key.ts'
import { listKeys } from '#people/list-keys.ts'
import { revokeKey } from '#people/revoke-key.ts'
import type { Access } from '../access/access.ts'
import { guardCalls } from '../access/guard-calls.ts'
import { principalOf } from '../access/principal-of.ts'
import { nullable, problems } from '../schemas.ts'
import { CreatedKey, IdParams, Key, RoleName, ScopeName } from './schemas.ts'

const Body = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100, description: 'What it is for' }),
    role: RoleName,
    scopes: Type.Optional(
      nullable(
        Type.Array(ScopeName, { minItems: 1, uniqueItems: true, description: 'null: no limits' }),
      ),
    ),
    userId: Type.Optional(
      nullable(
        Type.String({ format: 'uuid', description: 'Whose it is; an uploader’s needs one' }),
      ),
    ),
    expiresAt: Type.Optional(nullable(Type.String({ format: 'date-time' }))),
  },
  { additionalProperties: false },
)

/** /api/v1/keys: keys for programs, made and ended by administrators. */
export const keyRoutes: FastifyPluginAsyncTypebox<{ parts: Parts; access: Access }> = async (
  app,
  { parts: { database }, access },
) => {
  const admins = { role: 'admin', scope: null } as const
  guardCalls(app, access, { read: admins, write: admins })
  const about = (summary: string) => ({ tags: ['people'], summary })

  app.get(
    '',
    {
      schema: {
        ...about('Keys, the newest first'),
        querystring: Type.Object({ revoked: Type.Boolean({ default: false }) }),
        response: { 200: Type.Object({ keys: Type.Array(Key) }), ...problems },
      },
    },
    async ({ query }) => ({ keys: await listKeys(database, { revokedToo: query.revoked }) }),
  )

  app.post(
    '',
    {
      schema: {
        ...about('Make a key; it is shown only now'),
        body: Body,
        response: { 201: CreatedKey, ...problems },
      },
    },
    async (request, reply) => {
      const { scopes = null, userId = null, expiresAt = null, ...named } = request.body
      const made = await createKey(database, {
        ...named,
        scopes,
        userId,
        expiresAt: expiresAt === null ? null : new Date(expiresAt),
      })
      const by = (await principalOf(access, request)).label
      request.log.info({ key: made.id, role: made.role, by }, 'a key was made')
      return reply.code(201).send(made)
    },
  )

  app.delete(
    '/:id',
    {
      schema: {
        ...about('End a key'),
        params: IdParams,
        response: { 204: Type.Null(), ...problems },
      },
    },
    async (request, reply) => {
      await revokeKey(database, request.params.id)
      const by = (await principalOf(access, request)).label
      request.log.info({ key: request.params.id, by }, 'a key was ended')
      return reply.code(204).send(null)
    },
  )
}
