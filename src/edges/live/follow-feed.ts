import type { Site } from '#config/site-settings.ts'
import type { VersionState } from '#database/tables.ts'
import type { Parts } from '#flow/parts.ts'
import { hasRole, type Principal } from '#people/principal.ts'
import { isVisible, type Owned } from '#people/rights.ts'
import { type FeedEvent, listFeed } from '#videos/events.ts'
import { getVideos } from '#videos/get.ts'
import { mediaOriginsOf } from '#videos/media-address.ts'
import type { VideoView } from '#videos/video-view.ts'
import { presentVideo } from '../http/videos/present-video.ts'
import { type FeedNews, feedOf } from './feed.ts'
import { presentEvent } from './present-event.ts'

/** Who watches what. */
export interface Following {
  /** null: a stranger. */
  readonly principal: Principal | null
  /** null: all that may be seen. */
  readonly videoIds: ReadonlySet<string> | null
  /** Only snapshots of videos in this state; null: in any. */
  readonly state: VersionState | null
  /** The event that was seen last; null: only what happens from now on is told. */
  readonly afterId: number | null
  /** Whether it has left: nothing more is read for it then. */
  readonly isGone: () => boolean
}

/** Something that a watcher is told. */
export type LiveMessage =
  /** An event, with an id to go on from. */
  | { readonly kind: 'change'; readonly id: number; readonly data: object }
  /** What a video is now, as this watcher may see it. */
  | { readonly kind: 'video'; readonly data: VideoView }
  | { readonly kind: 'deleted'; readonly data: { readonly id: string } }

const pageSize = 500

/**
 * Tells a watcher of all that it may see: first what it missed since `afterId`, then what happens, for
 * as long as it stays. Nothing is told twice.
 *
 * @returns a function that ends it.
 */
export async function followFeed(
  parts: Parts,
  following: Following,
  tell: (message: LiveMessage) => void,
): Promise<() => void> {
  const told = new Set<number>()
  const watcher = { site: parts.config, following, tell }
  // What happens while the past is read waits for it.
  let waiting: FeedNews[] | null = []
  const stop = await feedOf(parts).subscribe((news) => {
    if (waiting) waiting.push(news)
    else tellNews(watcher, news, told)
  })
  try {
    if (following.afterId !== null) await tellPast(parts, following, told, tell)
  } catch (error) {
    stop()
    throw error
  }
  for (const news of waiting) tellNews(watcher, news, told)
  waiting = null
  forgetLongAgo(told)
  return stop
}

/** The feed is a second behind at most, and may come with what was just read as the past. */
function forgetLongAgo(told: Set<number>): void {
  const surplus = told.size - 2 * pageSize
  for (const id of [...told].slice(0, Math.max(0, surplus))) told.delete(id)
}

async function tellPast(
  parts: Parts,
  following: Following,
  told: Set<number>,
  tell: (message: LiveMessage) => void,
): Promise<void> {
  let afterId = following.afterId ?? 0
  // Many may come back with an old id at once: of what they do not watch nothing is read.
  const videoIds = following.videoIds && [...following.videoIds]
  const changed = new Set<string>()
  while (!following.isGone()) {
    const page = await listFeed(parts.database, { afterId, videoIds, limit: pageSize })
    for (const event of page.filter((each) => mayWatch(following, each.videoId, each.owned))) {
      tell(toChange(following, event))
      told.add(event.id)
      changed.add(event.videoId)
    }
    afterId = page.at(-1)?.id ?? afterId
    if (page.length < pageSize) break
  }
  if (following.isGone()) return
  await tellVideos(parts, following, [...changed].slice(-pageSize), tell)
}

/** Tells what videos are now, those of them that the watcher may see. */
export async function tellVideos(
  parts: Parts,
  following: Following,
  videoIds: readonly string[],
  tell: (message: LiveMessage) => void,
): Promise<void> {
  const views = await getVideos(parts.database, videoIds, mediaOriginsOf(parts))
  for (const video of views) {
    if (mayWatch(following, video.id, video))
      tellVideo({ site: parts.config, following, tell }, video)
  }
}

/** Somebody who is told. */
interface Watcher {
  readonly site: { readonly site: Site }
  readonly following: Following
  readonly tell: (message: LiveMessage) => void
}

function tellNews(
  watcher: Watcher,
  { events, videos, gone }: FeedNews,
  told: ReadonlySet<number>,
): void {
  const { following, tell } = watcher
  for (const event of events) {
    if (mayWatch(following, event.videoId, event.owned) && !told.has(event.id))
      tell(toChange(following, event))
  }
  for (const video of videos) {
    if (mayWatch(following, video.id, video)) tellVideo(watcher, video)
  }
  for (const { id, owned } of gone) {
    if (mayWatch(following, id, owned)) tell({ kind: 'deleted', data: { id } })
  }
}

function tellVideo({ site, following, tell }: Watcher, video: VideoView): void {
  const { principal, state } = following
  if (state !== null && video.state !== state) return
  tell({ kind: 'video', data: presentVideo(principal, video, site) })
}

function toChange({ principal }: Following, event: FeedEvent): LiveMessage {
  const { id, videoId, owned } = event
  return { kind: 'change', id, data: { ...presentEvent(principal, event, owned), videoId } }
}

/** Of a video that is gone only operators are told, where nobody remembers whose it was. */
function mayWatch(
  { principal, videoIds }: Following,
  videoId: string,
  owned: Owned | null,
): boolean {
  if (videoIds !== null && !videoIds.has(videoId)) return false
  if (owned !== null) return isVisible(principal, owned)
  return principal !== null && hasRole(principal, 'operator')
}
