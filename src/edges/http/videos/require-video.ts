import { ReelmillError } from '#errors/reelmill-error.ts'
import type { Parts } from '#flow/parts.ts'
import type { Principal } from '#people/principal.ts'
import { type Owned, requireChangeable, requireVisible } from '#people/rights.ts'
import { checkVideoId } from '#videos/check-id.ts'
import { findOwner } from '#videos/find-owner.ts'
import { getVideo } from '#videos/get.ts'
import { mediaOriginsOf } from '#videos/media-address.ts'
import type { VideoView } from '#videos/video-view.ts'
import { presentVideo } from './present-video.ts'

/**
 * The video as this principal sees it (null: a stranger). Fails with `video_not_found`, also where it
 * is private to others.
 */
export async function requireVideo(
  parts: Parts,
  principal: Principal | null,
  id: string,
): Promise<VideoView> {
  const video = await getVideo(parts.database, checkVideoId(id), mediaOriginsOf(parts))
  if (!video) throw new ReelmillError('video_not_found')
  requireVisible(principal, video)
  return presentVideo(principal, video, parts.config)
}

/**
 * The id of a video that this principal may change. Fails with `video_not_found`, or `forbidden`
 * where it may only be seen.
 */
export async function requireChangeableVideo(
  { database }: Pick<Parts, 'database'>,
  principal: Principal,
  id: string,
): Promise<string> {
  requireChangeable(principal, await findOwned(database, id))
  return id
}

/** The id of a video that this principal may see. Fails with `video_not_found`. */
export async function requireVisibleVideo(
  { database }: Pick<Parts, 'database'>,
  principal: Principal | null,
  id: string,
): Promise<string> {
  requireVisible(principal, await findOwned(database, id))
  return id
}

async function findOwned(database: Parts['database'], id: string): Promise<Owned> {
  const owned = await findOwner(database, checkVideoId(id))
  if (!owned) throw new ReelmillError('video_not_found')
  return owned
}
