import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { Parts } from '#flow/parts.ts'
import { finishSetup } from '#people/setup.ts'
import type { Access } from '../access/access.ts'
import { guardForeignPage } from '../access/guard-origin.ts'
import { problems } from '../schemas.ts'
import { Password, User, UserName } from './schemas.ts'

const Body = Type.Object(
  {
    token: Type.String({
      minLength: 1,
      maxLength: 100,
      description: 'Of the link that was printed',
    }),
    name: UserName,
    password: Password,
  },
  { additionalProperties: false },
)

/** POST /api/v1/setup: the first administrator, by the link that the server printed. */
export const setupRoute: FastifyPluginAsyncTypebox<{ parts: Parts; access: Access }> = async (
  app,
  { parts: { database }, access },
) => {
  app.post(
    '',
    {
      schema: {
        tags: ['people'],
        summary: 'Make the first administrator with the one-time set-up link',
        body: Body,
        response: { 201: User, ...problems },
      },
    },
    async (request, reply) => {
      guardForeignPage(access, request.headers)
      const { token, ...person } = request.body
      const user = await finishSetup(database, token, person)
      if (!user) throw new ReelmillError('setup_refused')
      request.log.info({ user: user.id, ip: request.ip }, 'the first administrator was made')
      return reply.code(201).header('cache-control', 'no-store').send(user)
    },
  )
}
