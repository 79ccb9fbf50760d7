import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { type PlannedSource, planSource, planVideo } from '#flow/plan-source.ts'
import { requireRole } from '#people/rights.ts'
import { principalOf } from '../access/principal-of.ts'
import { nullable, ProfileName, problems } from '../schemas.ts'
import { requireChangeableVideo } from './require-video.ts'
import type { VideoRouteOptions } from './routes.ts'
import { requirePath } from './source-path.ts'
import { SourceReference } from './source-reference.ts'

const Body = Type.Object(
  {
    source: Type.Optional(SourceReference),
    videoId: Type.Optional(
      Type.String({ format: 'uuid', description: 'Instead of a source: the one that a video has' }),
    ),
    profile: Type.Optional(ProfileName),
  },
  { additionalProperties: false },
)

const bytes = nullable(Type.Integer({ description: 'About; null where nobody knows' }))

const Outline = Type.Object(
  {
    profile: Type.String(),
    durationSeconds: Type.Number(),
    renditions: Type.Array(
      Type.Object({
        name: Type.String(),
        kind: Type.Enum(['video', 'audio']),
        codec: Type.String(),
        width: nullable(Type.Integer()),
        height: nullable(Type.Integer()),
        maxrateBps: nullable(Type.Integer()),
        estimatedBytes: bytes,
      }),
    ),
    chunks: Type.Integer(),
    segments: nullable(Type.Integer({ description: 'Of one rendition' })),
    jobs: Type.Integer({ description: 'That runners would be offered' }),
    estimatedBytes: bytes,
  },
  { description: 'The plan in figures' },
)

const PlannedWork = Type.Unsafe<PlannedSource>(
  Type.Object({
    media: Type.Object({}, { description: 'What probing found' }),
    plan: Type.Object({}, { description: 'What would be done, in full' }),
    outline: Outline,
  }),
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
        description:
          'Of a file of the server’s machine (operators), or of the source that a video has already, by another profile or its own (whoever may change it).',
        body: Body,
        response: { 200: PlannedWork, ...problems },
      },
    },
    async (request) => {
      const principal = await principalOf(access, request)
      const { source, videoId, profile } = request.body
      if ((source === undefined) === (videoId === undefined)) {
        throw new ReelmillError('invalid_request', 'Either source or videoId says of what.')
      }
      if (videoId !== undefined) {
        await requireChangeableVideo(parts, principal, videoId)
        return planVideo(parts, { videoId, profile })
      }
      requireRole(principal, 'operator')
      return planSource(parts, { path: requirePath(source ?? {}).path, profile })
    },
  )
}
