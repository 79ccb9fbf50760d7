import { createHash } from 'node:crypto'
import type { Notifications } from '#database/notifications.ts'
import type { Parts } from '#flow/parts.ts'
import type { Owned } from '#people/rights.ts'
import { type FeedEvent, listFeed, readEventIdBefore } from '#videos/events.ts'
import { getVideos } from '#videos/get.ts'
import { mediaOriginsOf } from '#videos/media-address.ts'
import type { VideoView } from '#videos/video-view.ts'
import { coalesce } from './coalesce.ts'

/** What is new since the last look. */
export interface FeedNews {
  /** In their order; after it those who were away ask for what they missed. */
  readonly events: readonly FeedEvent[]
  /** Videos that are not as they were told before. */
  readonly videos: readonly VideoView[]
  readonly gone: readonly GoneVideo[]
}

/** A video that was deleted. */
interface GoneVideo {
  readonly id: string
  /** Whose it was; null when nobody remembers. */
  readonly owned: Owned | null
}

type Listener = (news: FeedNews) => void

/** At most two snapshots of a video a second, however fast segments come in. */
const pauseMs = 500
/** Of events in one look; more come with the next. */
const pageSize = 1000
/**
 * Ids are given before transactions commit, so a lower one may appear later: so far back is looked
 * again. No transaction of ours takes as long.
 */
const lookBackSeconds = 30
/** Videos whose last snapshot is remembered, so that nothing is told twice. */
const mostRemembered = 2_000

const feeds = new WeakMap<Notifications, LiveFeed>()

/** The feed of a server process: one, however many watch. */
export function feedOf(parts: Parts): LiveFeed {
  const found = feeds.get(parts.notifications) ?? new LiveFeed(parts)
  feeds.set(parts.notifications, found)
  return found
}

/**
 * What happens to all videos, read once for everybody who watches, and only while somebody does.
 * Notifications of the database are the hints, also of what other servers did; rows are the truth.
 */
class LiveFeed {
  readonly #parts: Parts
  readonly #listeners = new Set<Listener>()
  readonly #flush = coalesce(() => this.#tick(), pauseMs)
  readonly #shown = new Map<string, { readonly digest: string; readonly owned: Owned }>()
  #touched = new Set<string>()
  /** Told already, above `#floorId`: when they happened, by their ids. */
  readonly #told = new Map<number, Date>()
  #floorId = 0
  #starting: Promise<void> | null = null
  #isReady = false
  #forget: (() => void) | null = null

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Tells of everything from now on. The returned function ends that. */
  async subscribe(listener: Listener): Promise<() => void> {
    this.#listeners.add(listener)
    try {
      await (this.#starting ??= this.#start())
    } catch (error) {
      this.#leave(listener)
      throw error
    }
    return () => this.#leave(listener)
  }

  #leave(listener: Listener): void {
    this.#listeners.delete(listener)
    if (this.#listeners.size > 0) return
    this.#forget?.()
    this.#forget = null
    this.#starting = null
    this.#isReady = false
  }

  async #start(): Promise<void> {
    this.#forget ??= this.#parts.notifications.on('video', ({ videoId }) => {
      if (videoId !== null) this.#touched.add(videoId)
      this.#flush.ask()
    })
    const { database } = this.#parts
    this.#floorId = await readEventIdBefore(database, lookBackSeconds)
    this.#told.clear()
    // What happened before anybody watched is nobody's news.
    while ((await this.#readEvents()).length === pageSize);
    this.#shown.clear()
    this.#isReady = true
    // What was said while it started.
    this.#flush.ask()
  }

  async #tick(): Promise<void> {
    if (!this.#isReady) return
    const touched = this.#touched
    this.#touched = new Set()
    try {
      const events = await this.#readEvents()
      if (events.length === pageSize) this.#flush.ask()
      for (const { videoId } of events) touched.add(videoId)
      await this.#tell(touched, events)
    } catch (error) {
      this.#parts.log.warn({ err: error }, 'live events could not be read; soon again')
      for (const videoId of touched) this.#touched.add(videoId)
      this.#flush.ask()
    }
  }

  async #readEvents(): Promise<FeedEvent[]> {
    const { database } = this.#parts
    // Without those that were told, or more than a page in that time would hide all that follow.
    const known = [...this.#told.keys()]
    const events = await listFeed(database, { afterId: this.#floorId, known, limit: pageSize })
    for (const { id, at } of events) this.#told.set(id, at)
    const settledBefore = Date.now() - lookBackSeconds * 1000
    const settled = [...this.#told].filter(([, at]) => at.getTime() < settledBefore)
    this.#floorId = settled.reduce((floor, [id]) => Math.max(floor, id), this.#floorId)
    for (const id of known) if (id <= this.#floorId) this.#told.delete(id)
    return events
  }

  async #tell(videoIds: ReadonlySet<string>, events: readonly FeedEvent[]): Promise<void> {
    const { database } = this.#parts
    const views = await getVideos(database, [...videoIds], mediaOriginsOf(this.#parts))
    const there = new Set(views.map(({ id }) => id))
    const ownerOf = (id: string) => this.#shown.get(id)?.owned ?? null
    const news: FeedNews = {
      events: events.map((event) => ({ ...event, owned: event.owned ?? ownerOf(event.videoId) })),
      gone: [...videoIds].filter((id) => !there.has(id)).map((id) => ({ id, owned: ownerOf(id) })),
      videos: views.filter((video) => this.#isNew(video)),
    }
    for (const listener of this.#listeners) listener(news)
  }

  #isNew(video: VideoView): boolean {
    const digest = createHash('sha1').update(JSON.stringify(video)).digest('base64')
    const isNew = this.#shown.get(video.id)?.digest !== digest
    const { ownerId, visibility } = video
    this.#shown.delete(video.id)
    this.#shown.set(video.id, { digest, owned: { ownerId, visibility } })
    const [oldest] = this.#shown.keys()
    if (this.#shown.size > mostRemembered && oldest !== undefined) this.#shown.delete(oldest)
    return isNew
  }
}
