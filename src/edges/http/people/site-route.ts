import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { sites } from '#config/site-settings.ts'
import type { Parts } from '#flow/parts.ts'
import { passwordLength } from '#people/password.ts'
import type { Access } from '../access/access.ts'
import { guardReaders } from '../access/guard-readers.ts'
import { findPrincipal } from '../access/principal-of.ts'
import { nullable, problems } from '../schemas.ts'
import { describeCaller, Whoami } from './whoami.ts'

const SiteInfo = Type.Object({
  site: Type.Enum([...sites], {
    description:
      'Who sees the list of public videos: everybody, who is logged in, or nobody, for there are no site pages',
  }),
  caller: nullable(Whoami),
  password: Type.Object({ least: Type.Integer(), most: Type.Integer() }),
  sourceMaxBytes: Type.Integer({ description: 'Largest file that is taken in' }),
})

/** GET /api/v1/site: what a page must know before it shows anything; for strangers too. */
export const siteRoute: FastifyPluginAsyncTypebox<{ parts: Parts; access: Access }> = async (
  app,
  { parts, access },
) => {
  guardReaders(app, access, () => true)
  const schema = {
    tags: ['people'],
    summary: 'What the site shows, and who calls',
    description: 'As sessions/current, but it is no error to be a stranger.',
    response: { 200: SiteInfo, ...problems },
  }
  app.get('', { schema }, async (request) => {
    const principal = await findPrincipal(access, request)
    return {
      site: parts.config.site,
      caller: principal && (await describeCaller(parts, access, request, principal)),
      password: { ...passwordLength },
      sourceMaxBytes: parts.config.sourceMaxBytes,
    }
  })
}
