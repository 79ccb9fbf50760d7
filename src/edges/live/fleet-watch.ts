import type { Notifications } from '#database/notifications.ts'
import type { Parts } from '#flow/parts.ts'
import { type FleetMarks, readFleetMarks } from '#jobs/read-fleet-marks.ts'

/** What changed of the fleet since it was told last; pages ask for it anew. */
export interface FleetNews {
  readonly runners: boolean
  readonly jobs: boolean
}

type Listener = (news: FleetNews) => void
type Watched = Pick<Parts, 'database' | 'notifications' | 'log'>

/**
 * Progress comes in as rows change, and a runner goes offline without a row changing. So it is looked
 * at, this often, instead of being told: telling would be a notification for every job that is taken,
 * and those commit one after the other.
 */
const lookEveryMs = 1_000

const watches = new WeakMap<Notifications, FleetWatch>()

/** The watch of a server process: one, however many operators look. */
export function fleetWatchOf(parts: Watched): FleetWatch {
  const found = watches.get(parts.notifications) ?? new FleetWatch(parts)
  watches.set(parts.notifications, found)
  return found
}

/** Tells when a job or a runner changed, once a second at most, and looks only while somebody listens. */
class FleetWatch {
  readonly #parts: Watched
  readonly #listeners = new Set<Listener>()
  #told: FleetMarks | null = null
  #hasEnded = false
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
      this.#told = null
    }
  }

  #start(): () => void {
    const hear = () => {
      this.#hasEnded = true
    }
    const { notifications } = this.#parts
    const forget = [notifications.on('jobs', hear), notifications.on('ended', hear)]
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
    const hasEnded = this.#hasEnded
    this.#hasEnded = false
    try {
      this.#tell(await readFleetMarks(this.#parts.database), hasEnded)
    } catch (error) {
      this.#hasEnded ||= hasEnded
      this.#parts.log.warn({ err: error }, 'the fleet could not be looked at; soon again')
    } finally {
      this.#isLooking = false
    }
  }

  #tell(seen: FleetMarks, hasEnded: boolean): void {
    const before = this.#told ?? seen
    this.#told = seen
    const jobs = hasEnded || before.jobs !== seen.jobs
    const runners = before.runners !== seen.runners
    if (!jobs && !runners) return
    // What a runner has in hand is part of what is shown of it.
    for (const listener of this.#listeners) listener({ jobs, runners: runners || jobs })
  }
}
