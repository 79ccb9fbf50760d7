import formbody from '@fastify/formbody'
import multipart from '@fastify/multipart'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { keepNotification } from '#flow/notifications/keep-notification.ts'
import type { Parts } from '#flow/parts.ts'
import type { Access } from '../access/access.ts'
import { discardRest } from '../discard-rest.ts'
import { problems } from '../schemas.ts'
import { notificationBytes, readNotification } from './read-notification.ts'

interface Options {
  readonly parts: Parts
  readonly access: Access
}

/** POST /: what other processors say of videos that they work at (C-23 to C-25). */
export const notificationRoutes: FastifyPluginAsyncTypebox<Options> = async (
  app,
  { parts, access },
) => {
  app.removeContentTypeParser('text/plain')
  // The signature is of the text as it came.
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'string', bodyLimit: notificationBytes },
    (_request, body, done) => done(null, body),
  )
  await app.register(formbody, { bodyLimit: notificationBytes })
  await app.register(multipart)
  app.addHook('onError', discardRest)

  app.post(
    '/',
    {
      bodyLimit: notificationBytes,
      schema: {
        tags: ['notifications'],
        summary: 'Hear from another processor what became of a video',
        description:
          'A form, urlencoded or multipart, with `transloadit` (JSON) and its `signature`, an HMAC with NOTIFICATION_SECRET; or JSON `{status, inputObject, outputObject, thumbnail}`, signed in `X-Signature` or sent with an operator’s key. 202: it waits for a video with that `externalId`.',
        security: [],
        response: { 202: Type.Null(), 204: Type.Null(), ...problems },
      },
    },
    async (request, reply) => {
      const notification = await readNotification(parts, access, request)
      const isApplied = await keepNotification(parts, notification)
      // Whoever is told 202 gets an empty body too, not the JSON of nothing.
      return reply
        .code(isApplied ? 204 : 202)
        .serializer(() => '')
        .send(null)
    },
  )
}
