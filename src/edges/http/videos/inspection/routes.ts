import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { hasRole, type Principal } from '#people/principal.ts'
import type { ChunkMap, MappedJob } from '#videos/chunk-map/chunk-map.ts'
import { readChunkMap } from '#videos/chunk-map/read.ts'
import { listFailures } from '#videos/past/list-failures.ts'
import { listHistory } from '#videos/past/list-history.ts'
import { listVersions } from '#videos/past/list-versions.ts'
import { principalOf } from '../../access/principal-of.ts'
import { problems, VideoParams } from '../../schemas.ts'
import { requireChangeableVideo } from '../require-video.ts'
import type { VideoRouteOptions } from '../routes.ts'
import { ChunkMapSchema, FailureList, HistoryPage, VersionList } from './schemas.ts'

const limit = (usual: number) =>
  Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: usual }))

const MapQuery = Type.Object(
  {
    version: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 2 ** 31 - 1, description: 'The latest when left out' }),
    ),
    since: Type.Optional(
      Type.String({ maxLength: 200, description: '`next` of a map: only what changed after it' }),
    ),
  },
  { additionalProperties: false },
)

const HistoryQuery = Type.Object(
  {
    before: Type.Optional(Type.Integer({ minimum: 1, description: '`next` of a page' })),
    limit: limit(50),
  },
  { additionalProperties: false },
)

const FailureQuery = Type.Object({ limit: limit(50) }, { additionalProperties: false })

/** GET /:id/chunks, /:id/versions, /:id/failures and /:id/history: how a video is made, and was. */
export const inspectionRoutes: FastifyPluginAsyncTypebox<VideoRouteOptions> = async (
  app,
  { parts, access },
) => {
  const { database } = parts
  const about = (summary: string) => ({ tags: ['videos'], summary, params: VideoParams })

  const chunks = {
    ...about('The chunk map: every chunk of a video with the jobs that encode it'),
    description:
      'With `since`, only the chunks that changed, and of them the jobs that did; `complete` tells when that was not possible.',
    querystring: MapQuery,
    response: { 200: ChunkMapSchema, ...problems },
  }
  app.get('/:id/chunks', { schema: chunks }, async (request) => {
    const principal = await principalOf(access, request)
    const videoId = await requireChangeableVideo(parts, principal, request.params.id)
    const map = await readChunkMap(database, { videoId, ...request.query })
    if (!map) throw new ReelmillError('video_not_found', 'The video has no such version.')
    return hasRole(principal, 'operator') ? map : hideRunners(map)
  })

  const versions = {
    ...about('The versions of a video'),
    response: { 200: VersionList, ...problems },
  }
  app.get('/:id/versions', { schema: versions }, async (request) => {
    const principal = await principalOf(access, request)
    const id = await requireChangeableVideo(parts, principal, request.params.id)
    return { versions: await listVersions(database, id) }
  })

  const failures = {
    ...about('What went wrong with a video, with the last lines of the log'),
    querystring: FailureQuery,
    response: { 200: FailureList, ...problems },
  }
  app.get('/:id/failures', { schema: failures }, async (request) => {
    const principal = await principalOf(access, request)
    const id = await requireChangeableVideo(parts, principal, request.params.id)
    const found = await listFailures(database, id, request.query.limit ?? 50)
    return { failures: found.map((each) => ({ ...each, ...runnerFor(principal, each) })) }
  })

  const history = {
    ...about('What happened to a video, in pages'),
    description: 'The same that GET /:id/events sends as it happens. Events are kept for 30 days.',
    querystring: HistoryQuery,
    response: { 200: HistoryPage, ...problems },
  }
  app.get('/:id/history', { schema: history }, async (request) => {
    const principal = await principalOf(access, request)
    const id = await requireChangeableVideo(parts, principal, request.params.id)
    const { before, limit: most = 50 } = request.query
    const page = await listHistory(database, id, { before, limit: most })
    return { ...page, events: page.events.map((each) => ({ ...each, at: each.at.toISOString() })) }
  })
}

/** Which machines there are is the operators' business. */
function runnerFor(principal: Principal, { runner }: { readonly runner: string | null }) {
  return { runner: hasRole(principal, 'operator') ? runner : null }
}

function hideRunners(map: ChunkMap): ChunkMap {
  const hide = (jobs: readonly MappedJob[]) => jobs.map((job) => ({ ...job, runner: null }))
  return {
    ...map,
    chunks: map.chunks.map((chunk) => ({ ...chunk, jobs: hide(chunk.jobs) })),
    sound: hide(map.sound),
    other: hide(map.other),
  }
}
