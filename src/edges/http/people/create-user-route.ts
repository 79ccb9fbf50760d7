import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { Parts } from '#flow/parts.ts'
import { createUser } from '#people/create-user.ts'
import { generatePassword } from '#people/password.ts'
import type { Access } from '../access/access.ts'
import { principalOf } from '../access/principal-of.ts'
import { problems } from '../schemas.ts'
import { Password, RoleName, User, UserName } from './schemas.ts'

const NewUser = Type.Object(
  {
    name: UserName,
    role: RoleName,
    password: Type.Optional(Password),
  },
  { additionalProperties: false },
)

const CreatedUser = Type.Object({
  ...User.properties,
  password: Type.Optional(
    Type.String({ description: 'Made where none was given; shown only now' }),
  ),
})

/** POST /api/v1/users */
export const createUserRoute: FastifyPluginAsyncTypebox<{ parts: Parts; access: Access }> = async (
  app,
  { parts: { database }, access },
) => {
  app.post(
    '',
    {
      schema: {
        tags: ['people'],
        summary: 'Make a user; without a password one is made, and shown only now',
        body: NewUser,
        response: { 201: CreatedUser, ...problems },
      },
    },
    async (request, reply) => {
      const { password = generatePassword(), ...named } = request.body
      const user = await createUser(database, { ...named, password })
      const by = (await principalOf(access, request)).label
      request.log.info({ user: user.id, role: user.role, by }, 'a user was made')
      const isGiven = request.body.password !== undefined
      return reply.code(201).send(isGiven ? user : { ...user, password })
    },
  )
}
