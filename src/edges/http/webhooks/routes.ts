import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Parts } from '#flow/parts.ts'
import type { Access } from '../access/access.ts'
import { guardCalls } from '../access/guard-calls.ts'
import { deliveryRoutes } from './delivery-routes.ts'
import { endpointRoutes } from './endpoint-routes.ts'
import { secretRoutes } from './secret-routes.ts'

export interface WebhookRouteOptions {
  readonly parts: Parts
}

/** /api/v1/webhooks: for operators. */
export const webhookRoutes: FastifyPluginAsyncTypebox<
  WebhookRouteOptions & { readonly access: Access }
> = async (app, { parts, access }) => {
  const operators = { role: 'operator', scope: 'webhooks' } as const
  guardCalls(app, access, { read: operators, write: operators })
  app.removeContentTypeParser('text/plain')
  await app.register(endpointRoutes, { parts })
  await app.register(secretRoutes, { parts })
  await app.register(deliveryRoutes, { parts })
}
