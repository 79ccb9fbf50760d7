import type { Notifications, Topic } from '#database/notifications.ts'
import type { Parts } from '#flow/parts.ts'

/**
 * Much changes without anybody telling: progress comes in as rows change, a runner goes offline without
 * a row changing, and a notification for every job or call would make their commits wait in line. So
 * it is looked at, this often.
 */
const lookEveryMs = 1_000

type Watched = Pick<Parts, 'database' | 'notifications' | 'log'>

interface Subject<Marks, News> {
  /** What it is called in the log. */
  readonly name: string
  /** Told about one of them, what is seen next is news whatever the marks say. */
  readonly topics: readonly Topic[]
  /** Another value whenever something changed. */
  readonly read: (database: Watched['database']) => Promise<Marks>
  /** What is new since `before`; null when nothing is. */
  readonly compare: (before: Marks, now: Marks, wasTold: boolean) => News | null
}

/** Tells what changed of its subject, once a second at most, and looks only while somebody listens. */
export interface Watch<News> {
  /** Tells of all that changes from now on. The returned function ends that. */
  subscribe(listener: (news: News) => void): () => void
}

/** A watch for each server process, however many people look. */
export function watchOf<Marks, News>(
  subject: Subject<Marks, News>,
): (parts: Watched) => Watch<News> {
  const watches = new WeakMap<Notifications, Watch<News>>()
  return (parts) => {
    const found = watches.get(parts.notifications) ?? new SharedWatch(parts, subject)
    watches.set(parts.notifications, found)
    return found
  }
}

class SharedWatch<Marks, News> implements Watch<News> {
  readonly #parts: Watched
  readonly #subject: Subject<Marks, News>
  readonly #listeners = new Set<(news: News) => void>()
  #seen: { readonly marks: Marks } | null = null
  #wasTold = false
  #isLooking = false
  #stop: (() => void) | null = null

  constructor(parts: Watched, subject: Subject<Marks, News>) {
    this.#parts = parts
    this.#subject = subject
  }

  subscribe(listener: (news: News) => void): () => void {
    this.#listeners.add(listener)
    this.#stop ??= this.#start()
    return () => {
      this.#listeners.delete(listener)
      if (this.#listeners.size > 0) return
      this.#stop?.()
      this.#stop = null
      this.#seen = null
    }
  }

  #start(): () => void {
    const hear = () => {
      this.#wasTold = true
    }
    const forget = this.#subject.topics.map((topic) => this.#parts.notifications.on(topic, hear))
    const timer = setInterval(() => void this.#look(), lookEveryMs)
    timer.unref()
    void this.#look()
    return () => {
      clearInterval(timer)
      for (const each of forget) each()
    }
  }

  async #look(): Promise<void> {
    if (this.#isLooking) return
    this.#isLooking = true
    const wasTold = this.#wasTold
    this.#wasTold = false
    try {
      const marks = await this.#subject.read(this.#parts.database)
      const news = this.#subject.compare(this.#seen?.marks ?? marks, marks, wasTold)
      this.#seen = { marks }
      if (news !== null) for (const listener of this.#listeners) listener(news)
    } catch (error) {
      this.#wasTold ||= wasTold
      this.#parts.log.warn(
        { err: error },
        `${this.#subject.name} could not be looked at; soon again`,
      )
    } finally {
      this.#isLooking = false
    }
  }
}
