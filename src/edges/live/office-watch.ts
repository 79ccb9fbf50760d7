import type { Notifications } from '#database/notifications.ts'
import type { Parts } from '#flow/parts.ts'
import { readWebhookMark } from '#webhooks/read-mark.ts'

/** What changed of that which operators set, and of what became of it; pages ask for it anew. */
export type OfficeNews = 'policies' | 'webhooks'

type Listener = (news: OfficeNews) => void
type Watched = Pick<Parts, 'database' | 'notifications' | 'log'>

/** Calls of webhooks are looked for: a notification for each would make their commits wait in line. */
const lookEveryMs = 1_000

const watches = new WeakMap<Notifications, OfficeWatch>()

/** The watch of a server process: one, however many operators look. */
export function officeWatchOf(parts: Watched): OfficeWatch {
  const found = watches.get(parts.notifications) ?? new OfficeWatch(parts)
  watches.set(parts.notifications, found)
  return found
}

/** Tells of policies at once and of webhooks once a second at most, while somebody listens. */
class OfficeWatch {
  readonly #parts: Watched
  readonly #listeners = new Set<Listener>()
  #mark: string | null = null
  #isOrdered = false
  #isLooking = false
  #stop: (() => void) | null = null

  constructor(parts: Watched) {
    this.#parts = parts
  }

  /** Tells of all that changes from now on. The returned function ends that. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener)
    this.#stop ??= this.#start()
    return () => {
      this.#listeners.delete(listener)
      if (this.#listeners.size > 0) return
      this.#stop?.()
      this.#stop = null
      this.#mark = null
    }
  }

  #start(): () => void {
    const { notifications } = this.#parts
    const forget = [
      notifications.on('policies', () => this.#tell('policies')),
      notifications.on('webhooks', () => {
        this.#isOrdered = true
      }),
    ]
    const timer = setInterval(() => void this.#tick(), lookEveryMs)
    timer.unref()
    void this.#tick()
    return () => {
      clearInterval(timer)
      for (const each of forget) each()
    }
  }

  async #tick(): Promise<void> {
    if (this.#isLooking) return
    this.#isLooking = true
    const isOrdered = this.#isOrdered
    this.#isOrdered = false
    try {
      const mark = await readWebhookMark(this.#parts.database)
      if (isOrdered || mark !== (this.#mark ?? mark)) this.#tell('webhooks')
      this.#mark = mark
    } catch (error) {
      this.#isOrdered ||= isOrdered
      this.#parts.log.warn({ err: error }, 'webhooks could not be looked at; soon again')
    } finally {
      this.#isLooking = false
    }
  }

  #tell(news: OfficeNews): void {
    for (const listener of this.#listeners) listener(news)
  }
}
