import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, Type } from 'typebox'
import type { Site } from '#config/site-settings.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { hasRole, type Principal } from '#people/principal.ts'
import { listVideos } from '#videos/list.ts'
import { listOrders } from '#videos/list-order.ts'
import type { ListFilters } from '#videos/list-page.ts'
import { mediaOriginsOf } from '#videos/media-address.ts'
import { readerOf } from '../access/guard-readers.ts'
import { problems, VideoPage, VideoState, Visibility } from '../schemas.ts'
import { presentVideo } from './present-video.ts'
import type { VideoRouteOptions } from './routes.ts'

const Query = Type.Object(
  {
    state: Type.Optional(Type.Array(VideoState, { description: 'Any of these; may be repeated' })),
    owner: Type.Optional(
      Type.String({
        pattern: '^(me|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$',
        description: 'A user’s id, or `me`',
      }),
    ),
    profile: Type.Optional(Type.String({ maxLength: 100 })),
    visibility: Type.Optional(Visibility),
    playable: Type.Optional(Type.Boolean()),
    externalId: Type.Optional(Type.String({ maxLength: 500 })),
    q: Type.Optional(
      Type.String({ minLength: 1, maxLength: 200, description: 'A part of the name' }),
    ),
    createdAfter: Type.Optional(Type.String({ format: 'date-time' })),
    createdBefore: Type.Optional(Type.String({ format: 'date-time' })),
    sort: Type.Optional(Type.Enum([...listOrders], { default: '-createdAt' })),
    cursor: Type.Optional(Type.String({ maxLength: 4000, description: '`next` of a page' })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
  },
  {
    additionalProperties: false,
    patternProperties: { '^metadata\\.': Type.String({ maxLength: 500 }) },
  },
)

/** Whether strangers are shown the list. */
export function isListOpen({ site }: { readonly site: Site }): boolean {
  return site === 'public'
}

/** GET /: videos in pages, filtered (U80). */
export const listRoute: FastifyPluginAsyncTypebox<VideoRouteOptions> = async (
  app,
  { parts, access },
) => {
  const schema = {
    tags: ['videos'],
    summary: 'Videos, from the newest to the oldest',
    description:
      'All filters together. `metadata.NAME=VALUE` finds videos whose metadata have that member, as a text or as JSON. Who is no operator sees what is public and what is theirs, and finds by metadata and externalId what is theirs. Strangers see what is public where SITE is `public`, else nothing.',
    querystring: Query,
    response: { 200: VideoPage, ...problems },
  }
  app.get('', { schema }, async (request) => {
    const principal = await readerOf(access, request, isListOpen(parts.config))
    const filters = { ...readFilters(request.query), ...limitTo(principal, request.query) }
    const baseUrl = mediaOriginsOf(parts)
    const { videos, next } = await listVideos(parts.database, { ...filters, baseUrl })
    return { videos: videos.map((video) => presentVideo(principal, video, parts.config)), next }
  })
}

type Asked = Static<typeof Query>

function readFilters(query: Asked): ListFilters {
  const { state, createdAfter, createdBefore, owner: _owner, limit = 20, ...rest } = query
  const time = (text: string | undefined) => (text === undefined ? undefined : new Date(text))
  return {
    ...rest,
    limit,
    states: state,
    createdAfter: time(createdAfter),
    createdBefore: time(createdBefore),
    metadata: readMetadata(query),
  }
}

/** What somebody may see of it, and who "me" is. */
function limitTo(
  principal: Principal | null,
  query: Asked,
): Pick<ListFilters, 'viewer' | 'ownerId'> {
  const seesAll = principal !== null && hasRole(principal, 'operator')
  const userId = principal?.userId ?? null
  const isHidden = query.externalId !== undefined || readMetadata(query) !== undefined
  const ownerId = readOwner(principal, isHidden && !seesAll ? (query.owner ?? 'me') : query.owner)
  if (isHidden && !seesAll && ownerId !== userId) {
    throw new ReelmillError('forbidden', 'Only one’s own videos are found by metadata.')
  }
  return { viewer: seesAll ? null : { userId }, ownerId }
}

function readOwner(principal: Principal | null, owner: string | undefined): string | undefined {
  if (owner !== 'me') return owner
  if (principal === null) throw new ReelmillError('unauthorized')
  if (principal.userId !== null) return principal.userId
  throw new ReelmillError('invalid_request', 'Who asks is no user, so nothing is theirs.')
}

const prefix = 'metadata.'

function readMetadata(query: object): Readonly<Record<string, string>> | undefined {
  const members = Object.entries(query)
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, value]) => [name.slice(prefix.length), String(value)] as const)
  return members.length === 0 ? undefined : Object.fromEntries(members)
}
