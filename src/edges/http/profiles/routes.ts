import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { Parts } from '#flow/parts.ts'
import { getProfile, listProfiles } from '#flow/profiles/list-profiles.ts'
import { toVersionView } from '#flow/profiles/profile-view.ts'
import { deleteProfile, saveProfile } from '#flow/profiles/save-profile.ts'
import { requireRole, requireScope } from '#people/rights.ts'
import { listVersions } from '#profiles/stored-profile.ts'
import type { Access } from '../access/access.ts'
import { guardCalls } from '../access/guard-calls.ts'
import { principalOf } from '../access/principal-of.ts'
import { problems } from '../schemas.ts'
import { IfMatch, readExpected, sendProfile } from './etag.ts'
import { nameEditor } from './name-editor.ts'
import { previewRoute } from './preview-route.ts'
import { forReader } from './reader.ts'
import { Profile, ProfileEdit, ProfileList, ProfileParams, ProfileVersions } from './schemas.ts'

export interface ProfileRouteOptions {
  readonly parts: Parts
  readonly access: Access
}

const about = (summary: string) => ({ tags: ['profiles'], summary })

/**
 * /api/v1/profiles: whoever is known may see what can be chosen; operators edit, since a profile is
 * data that they are there to edit and says nothing about people or rights.
 */
export const profileRoutes: FastifyPluginAsyncTypebox<ProfileRouteOptions> = async (
  app,
  { parts, access },
) => {
  guardCalls(app, access, {
    read: { role: 'viewer', scope: 'videos:read' },
    write: { role: 'operator', scope: null },
  })
  app.removeContentTypeParser('text/plain')
  await app.register(readRoutes, { parts, access })
  await app.register(changeRoutes, { parts, access })
  await app.register(previewRoute, { parts, access })
}

const readRoutes: FastifyPluginAsyncTypebox<ProfileRouteOptions> = async (
  app,
  { parts, access },
) => {
  const list = {
    ...about('Profiles that can be chosen'),
    response: { 200: ProfileList, ...problems },
  }
  app.get('', { schema: list }, async (request) => {
    const principal = await principalOf(access, request)
    const profiles = await listProfiles(parts)
    return { profiles: profiles.map((profile) => forReader(principal, profile)) }
  })

  const one = { params: ProfileParams, response: { 200: Profile, ...problems } }
  app.get('/:name', { schema: { ...about('A profile'), ...one } }, async (request, reply) => {
    const principal = await principalOf(access, request)
    return sendProfile(reply, forReader(principal, await getProfile(parts, request.params.name)))
  })

  const versions = {
    ...about('The versions of a profile that were saved'),
    params: ProfileParams,
    response: { 200: ProfileVersions, ...problems },
  }
  app.get('/:name/versions', { schema: versions }, async (request) => {
    const principal = await principalOf(access, request)
    requireRole(principal, 'operator')
    requireScope(principal, null)
    const stored = await listVersions(parts.database, request.params.name)
    if (stored.length === 0) await getProfile(parts, request.params.name)
    return { versions: stored.map(toVersionView) }
  })
}

const changeRoutes: FastifyPluginAsyncTypebox<ProfileRouteOptions> = async (
  app,
  { parts, access },
) => {
  const save = {
    ...about('Save a profile: its next version, which holds from now on'),
    description:
      'What is planned already keeps its plan. With `If-Match`, only if the version holds that it was made from.',
    params: ProfileParams,
    headers: IfMatch,
    body: ProfileEdit,
    response: { 200: Profile, ...problems },
  }
  app.put('/:name', { schema: save }, async (request, reply) => {
    const { params, body } = request
    const saved = await saveProfile(parts, {
      name: params.name,
      profile: body.profile,
      note: body.note ?? null,
      createdBy: await nameEditor(parts.database, await principalOf(access, request)),
      expected: readExpected(request),
    })
    return sendProfile(reply, saved)
  })

  const remove = {
    ...about('Delete what was saved of a profile; a file of its name holds then'),
    params: ProfileParams,
    headers: IfMatch,
    response: { 204: Type.Null(), ...problems },
  }
  app.delete('/:name', { schema: remove }, async (request, reply) => {
    await deleteProfile(parts, request.params.name, readExpected(request))
    return reply.code(204).send(null)
  })
}
