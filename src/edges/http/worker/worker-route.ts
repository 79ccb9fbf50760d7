import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { checkAddress } from '#flow/check-address.ts'
import type { Parts } from '#flow/parts.ts'
import { takeObject } from '#flow/take-object.ts'
import { hasRole } from '#people/principal.ts'
import type { Access } from '../access/access.ts'
import { guardCalls } from '../access/guard-calls.ts'
import { principalOf } from '../access/principal-of.ts'
import { problems, WebhookUrl } from '../schemas.ts'

interface Options {
  readonly parts: Parts
  readonly access: Access
}

const Body = Type.Object({
  inputObject: Type.String({ minLength: 1, maxLength: 1024, description: 'A key in the storage' }),
  webhook: WebhookUrl,
})

const write = { role: 'uploader', scope: 'videos:write' } as const

/**
 * POST /videos: a transcoding worker as small sites call one (C-40). The video and its first step are
 * written before it answers; whoever calls must be known, and the webhook lead to the public internet.
 */
export const workerRoute: FastifyPluginAsyncTypebox<Options> = async (app, { parts, access }) => {
  guardCalls(app, access, { read: write, write })
  app.removeContentTypeParser('text/plain')
  app.post(
    '/videos',
    {
      schema: {
        tags: ['videos'],
        summary: 'Make a video of an object, in the words of a simple worker',
        body: Body,
        response: {
          200: Type.Object({ status: Type.Literal('transcoding'), id: Type.String() }),
          ...problems,
        },
      },
    },
    async (request) => {
      const principal = await principalOf(access, request)
      const { inputObject, webhook } = request.body
      await checkAddress(parts, webhook)
      const details = {
        webhookUrl: webhook,
        webhookFormat: 'ancestor' as const,
        ownerId: principal.userId,
      }
      const anyFolder = hasRole(principal, 'operator')
      const id = await takeObject(parts, details, { key: inputObject, anyFolder })
      return { status: 'transcoding' as const, id }
    },
  )
}
