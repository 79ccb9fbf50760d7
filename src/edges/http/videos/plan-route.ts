import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { planSource } from '#flow/plan-source.ts'
import { requireRole } from '#people/rights.ts'
import { principalOf } from '../access/principal-of.ts'
import { ProfileName, problems } from '../schemas.ts'
import type { VideoRouteOptions } from './routes.ts'
import { requirePath } from './source-path.ts'
import { SourceReference } from './source-reference.ts'

const Body = Type.Object(
  { source: SourceReference, profile: Type.Optional(ProfileName) },
  { additionalProperties: false },
)

const PlannedWork = Type.Object(
  {},
  { description: 'What probing found (media) and what would be done (plan)' },
)

/** POST /plan: what would be done for this source, nothing started (U35). */
export const planRoute: FastifyPluginAsyncTypebox<VideoRouteOptions> = async (
  app,
  { parts, access },
) => {
  app.post(
    '/plan',
    {
      schema: {
        tags: ['videos'],
        summary: 'What would be done for a source; nothing is started or kept',
        body: Body,
        response: { 200: PlannedWork, ...problems },
      },
    },
    async (request) => {
      requireRole(await principalOf(access, request), 'operator')
      const { source, profile } = request.body
      return planSource(parts, { path: requirePath(source).path, profile })
    },
  )
}
