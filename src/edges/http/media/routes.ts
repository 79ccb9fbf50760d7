import { text } from 'node:stream/consumers'
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { writeLivePlaylist } from '#flow/live-playlists.ts'
import type { Parts } from '#flow/parts.ts'
import { isVisible, type Owned } from '#people/rights.ts'
import { attachmentNamed } from '#storage/attachment-named.ts'
import { isKey } from '#storage/keys.ts'
import { mediaTypeOf } from '#storage/media-types.ts'
import { checkVideoId } from '#videos/check-id.ts'
import { findMediaPlace, type MediaPlace } from '#videos/media-place.ts'
import type { Access } from '../access/access.ts'
import { findViewer } from '../access/principal-of.ts'
import { cacheControlOf } from './cache-control.ts'
import { sendObject } from './send-object.ts'
import { sendText } from './send-text.ts'

interface Address {
  readonly Params: { readonly id: string; readonly '*': string }
  readonly Querystring: { readonly v?: string; readonly download?: string }
}

/** What people added lies beside the versions; its names change with every upload. */
const attachmentsFolder = 'attachments/'

/**
 * /media/:id/…: what players fetch, from any site. Addresses do not name the version, so a file must
 * be asked for again before it is used again (`no-cache`, answered by 304); one that names it
 * (`?v=3`) may be kept for ever. A film asked for with `?download` is saved under the video's name.
 */
export const mediaRoutes: FastifyPluginAsync<{ parts: Parts; access: Access }> = async (
  app,
  { parts, access },
) => {
  app.addHook('onRequest', async (_request, reply) => {
    reply
      .header('access-control-allow-origin', '*')
      .header('access-control-expose-headers', 'content-length, content-range, etag')
      .header('cross-origin-resource-policy', 'cross-origin')
      .header('timing-allow-origin', '*')
  })
  app.options('/*', async (_request, reply) =>
    reply
      .code(204)
      .header('access-control-allow-methods', 'GET, HEAD')
      .header('access-control-allow-headers', 'range, if-none-match, if-range')
      .header('access-control-max-age', '86400')
      .send(),
  )
  app.get<Address>('/:id/*', async (request, reply) => {
    const place = await findMediaPlace(parts.database, checkVideoId(request.params.id))
    if (place?.visibility === 'private') await requireViewer(access, request, reply, place)
    const path = request.params['*']
    const media = mediaTypeOf(path)
    if (!place || !media || !isKey(path)) throw new ReelmillError('media_file_not_found')
    const named = request.query.v
    reply.header('cache-control', cacheControlOf(parts.config, place, { path, named }))
    if (request.query.download !== undefined && isFilm(path)) {
      reply.header('content-disposition', attachmentNamed(nameDownload(place.name, path)))
    }
    if (path.startsWith(attachmentsFolder)) {
      const key = `sources/${request.params.id}/${path}`
      return sendFile(parts, request, reply, { key, type: media.type })
    }
    if (media.text) {
      const body = await readText(parts, request.params.id, place, path)
      return sendText(request, reply, { type: media.type, body })
    }
    return sendFile(parts, request, reply, { key: `${place.prefix}/${path}`, type: media.type })
  })
}

/** A whole film lies beside the tracks; in their folders are parts. */
function isFilm(path: string): boolean {
  return path.endsWith('.mp4') && !path.includes('/')
}

/** "holiday.mov" as a file of 720p at 24 frames a second: "holiday720p24.mp4" (P-53). */
function nameDownload(video: string, path: string): string {
  return `${video.replace(/\.[A-Za-z0-9]{1,4}$/, '')}${path}`
}

/**
 * Of a private video nothing is sent to those who may not see it: it is not there for them. Nor may
 * pages of other sites read it with the cookie of somebody who is logged in here.
 */
async function requireViewer(
  access: Access,
  request: FastifyRequest,
  reply: FastifyReply,
  video: Owned,
): Promise<void> {
  reply.header('vary', 'Authorization, Cookie')
  reply.header('cross-origin-resource-policy', 'same-origin')
  if (!isVisible(await findViewer(access, request), video)) {
    throw new ReelmillError('media_file_not_found')
  }
}

/** A playlist or manifest as it stands: written from rows while the video grows. */
async function readText(
  parts: Parts,
  id: string,
  place: MediaPlace,
  path: string,
): Promise<string> {
  const body = place.growing
    ? ((await writeGrowing(parts, id, path)) ?? (await readSincePublished(parts, id, path)))
    : await readObject(parts, `${place.prefix}/${path}`)
  if (body === null) throw new ReelmillError('media_file_not_found')
  return body
}

/** Only HLS has playlists that grow; a manifest comes at the end. */
async function writeGrowing(parts: Parts, id: string, path: string): Promise<string | null> {
  return path.endsWith('.m3u8') ? writeLivePlaylist(parts, id, path) : null
}

/** What grew when the call came may be published by the time that its rows are read. */
async function readSincePublished(parts: Parts, id: string, path: string): Promise<string | null> {
  const place = await findMediaPlace(parts.database, id)
  return place && !place.growing ? readObject(parts, `${place.prefix}/${path}`) : null
}

async function readObject({ storage }: Parts, key: string): Promise<string | null> {
  const info = await storage.head(key)
  return info ? text(await storage.get(key)) : null
}

async function sendFile(
  { storage }: Parts,
  request: FastifyRequest,
  reply: FastifyReply,
  { key, type }: { readonly key: string; readonly type: string },
): Promise<FastifyReply> {
  const info = await storage.head(key)
  if (!info) throw new ReelmillError('media_file_not_found')
  return sendObject(request, reply, { storage, info, type })
}
