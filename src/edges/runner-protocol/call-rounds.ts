import type { PendingJobs } from '#jobs/pending.ts'
import { type Call, choosePings, type Listener, type Loads, nextPingAtMs } from './choose-pings.ts'

/** What waits, and how busy the runners are, as the database said. */
export interface View extends PendingJobs {
  readonly loads: Loads
  /** When the database was asked. */
  readonly lookedAtMs: number
}

/** Whom to ping now. */
export interface Step {
  readonly pings: readonly Listener[]
  readonly call: Call
  /** Milliseconds until the next look; Infinity: at the next news. */
  readonly nextInMs: number
}

/**
 * The first runners hear at once; while anything is left, waves so many times as great follow, this
 * long after the news; the last one goes to everybody, within the second that D-81 allows.
 */
const waves = [
  { afterMs: 0, times: 1 },
  { afterMs: 150, times: 4 },
  { afterMs: 400, times: 16 },
  { afterMs: 800, times: Number.POSITIVE_INFINITY },
] as const

/** More are called than there are jobs: one may be gone, or slow. */
const spare = 2
const never = Number.POSITIVE_INFINITY

/** Which wave goes when; pure but for what it remembers. All times are those of one clock. */
export class CallRounds {
  #newsAtMs: number
  /** When the news came whose waves are under way; null: the last wave has gone. */
  #roundAtMs: number | null
  #waitingSinceMs: number | null = null
  #owed: ReadonlySet<number> = new Set()
  #loads: Loads = new Map()

  constructor(nowMs: number) {
    this.#newsAtMs = nowMs
    this.#roundAtMs = nowMs
  }

  /** True when the news came after that. */
  hasNewsSince(atMs: number): boolean {
    return this.#newsAtMs > atMs
  }

  /**
   * Something became available. The first few are called without a look, which takes milliseconds,
   * and quick hands may have taken everything before it.
   */
  hearNews(listeners: readonly Listener[], nowMs: number): Omit<Step, 'nextInMs'> | null {
    this.#newsAtMs = nowMs
    if (this.#roundAtMs !== null) return null
    this.#roundAtMs = nowMs
    const call = this.#call(nowMs, null, 1 + spare)
    return { pings: choosePings(listeners, call).pings, call }
  }

  /** Goes on as the view says. */
  step(view: View, listeners: readonly Listener[], nowMs: number): Step {
    this.#loads = view.loads
    if (view.kinds.length === 0) return this.#rest(view, nowMs)
    this.#waitingSinceMs ??= this.#newsAtMs
    const { atMost, isLast, nextWaveMs } = waveOf(this.#roundAtMs, nowMs, view.kinds)
    const call = this.#call(nowMs, view.kinds, atMost)
    const { pings, left } = choosePings(listeners, call)
    // Pinged just before, or beyond the wave: they are next.
    const owing = isLast ? left.slice(0, atMost) : left.filter((each) => this.#isOwed(each))
    this.#owed = new Set(owing.map(({ runnerId }) => runnerId))
    if (isLast) this.#roundAtMs = null
    const nextPingMs = nextPingAtMs(listeners, this.#roundAtMs === null ? owing : left, call)
    return { pings, call, nextInMs: Math.min(nextWaveMs, nextPingMs - nowMs) }
  }

  #rest({ kinds, lookedAtMs }: View, nowMs: number): Step {
    // Unless there are news that the look may not have seen.
    if (!this.hasNewsSince(lookedAtMs)) this.#roundAtMs = null
    this.#waitingSinceMs = null
    this.#owed = new Set()
    return { pings: [], call: this.#call(nowMs, kinds, 0), nextInMs: never }
  }

  #isOwed({ runnerId }: Listener): boolean {
    return this.#owed.has(runnerId)
  }

  #call(nowMs: number, kinds: Call['kinds'], atMost: number): Call {
    return {
      nowMs,
      kinds,
      loads: this.#loads,
      newsAtMs: this.#newsAtMs,
      waitingSinceMs: this.#waitingSinceMs ?? this.#newsAtMs,
      owed: this.#owed,
      atMost,
    }
  }
}

interface Wave {
  readonly atMost: number
  readonly isLast: boolean
  readonly nextWaveMs: number
}

/** The wave that is due so long after the news; between rounds there is none. */
function waveOf(roundAtMs: number | null, nowMs: number, kinds: View['kinds']): Wave {
  if (roundAtMs === null) return { atMost: 0, isLast: false, nextWaveMs: never }
  const ageMs = nowMs - roundAtMs
  const available = kinds.reduce((sum, kind) => sum + kind.available, 0)
  // What rests is news to a few only; everybody hears when it can be taken.
  const possible = available > 0 ? waves : waves.slice(0, -1)
  const { times } = possible.findLast(({ afterMs }) => afterMs <= ageMs) ?? waves[0]
  const next = possible.find(({ afterMs }) => afterMs > ageMs)
  return {
    atMost: (available + spare) * times,
    isLast: next === undefined,
    nextWaveMs: next ? next.afterMs - ageMs : never,
  }
}
