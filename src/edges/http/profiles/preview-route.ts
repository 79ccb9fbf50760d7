import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { findMedia } from '#flow/plan-source.ts'
import { judgeEdit } from '#flow/profiles/preview.ts'
import { sampleMedia } from '#stages/planning/preview/sample-media.ts'
import { checkVideoId } from '#videos/check-id.ts'
import { problems } from '../schemas.ts'
import type { ProfileRouteOptions } from './routes.ts'
import { PreviewAnswer, ProfileBody, SourceFacts } from './schemas.ts'

const Body = Type.Object(
  {
    profile: ProfileBody,
    videoId: Type.Optional(
      Type.String({ format: 'uuid', description: 'For the source that a video has' }),
    ),
    source: Type.Optional(SourceFacts),
  },
  { additionalProperties: false },
)

/** POST /preview: what a profile would give, saved or not; nothing is stored (U35). */
export const previewRoute: FastifyPluginAsyncTypebox<ProfileRouteOptions> = async (
  app,
  { parts },
) => {
  const schema = {
    tags: ['profiles'],
    summary: 'What a profile would give for a source; nothing is stored',
    description: 'A profile that is wrong is no error here: the answer says what is wrong with it.',
    body: Body,
    response: { 200: PreviewAnswer, ...problems },
  }
  app.post('/preview', { schema }, async ({ body: { profile, videoId, source } }) => {
    if ((source === undefined) === (videoId === undefined)) {
      throw new ReelmillError('invalid_request', 'Either source or videoId says of what.')
    }
    const media = source
      ? sampleMedia(source)
      : (await findMedia(parts, checkVideoId(videoId ?? ''))).media
    return judgeEdit(parts, profile, media)
  })
}
