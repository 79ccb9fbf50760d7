import type { PendingKind } from '#jobs/pending.ts'

/** What is known of a runner that can be pinged. Times are those of one clock, in milliseconds. */
export interface Listener {
  readonly runnerId: number
  /** Types that it took last time it asked; null when it has not asked here yet. */
  readonly jobTypes: readonly string[] | null
  /** ffmpeg's names of the encoders that it has; null when it did not tell. */
  readonly encoders: readonly string[] | null
  /** Jobs that it does at once, as far as it told. */
  readonly slots: number
  /** When it last looked at what waits by itself. */
  readonly askedAtMs: number
  readonly pingedAtMs: number
  /** Jobs that it held when it was pinged last. */
  readonly heldAtPing: number
  /** Pings in a row after which a busy runner held as many jobs as before. */
  readonly vainPings: number
  /** Reminders in a row, without news between. */
  readonly reminders: number
}

/** Jobs that runners hold; null: it gets no work now; missing: it has only just come. */
export type Loads = ReadonlyMap<number, number | null>

/** What there is to tell, and to whom. */
export interface Call {
  readonly nowMs: number
  /** What waits; null: nobody has looked yet. */
  readonly kinds: readonly PendingKind[] | null
  readonly loads: Loads
  /** When something last became available. */
  readonly newsAtMs: number
  /** Since when there has always been something to be taken. */
  readonly waitingSinceMs: number
  /** Those that a wave to everybody had to leave out, by runner. */
  readonly owed: ReadonlySet<number>
  /** Runners that are told the news at most, those told before included, besides the owed. */
  readonly atMost: number
}

export interface Choice {
  readonly pings: readonly Listener[]
  /** Who could do what waits, has not heard of it, and is not pinged now. */
  readonly left: readonly Listener[]
}

/** Shortest time between two pings of one runner. */
const gapMs = 250
/** Who has no job hears that jobs still wait, first after this, then half as often each time. */
const firstReminderMs = 2_000
const longestWaitMs = 30_000
/** Of one look; all those due at once would all ask at once. */
const mostReminders = 10

/**
 * Whom to ping (runner protocol 5.3; D-81, D-101). Of those who can do what waits and have neither
 * asked nor been pinged since the news: the least busy first, then who was pinged least recently, so
 * that no runner starves. A runner that works and took nothing at its last pings is likely full: it
 * asks by itself when a job ends, so it is pinged less and less.
 */
export function choosePings(listeners: readonly Listener[], call: Call): Choice {
  const { owed, atMost } = call
  const reminded = listeners
    .filter((each) => isAtWork(each, call) && reminderAtMs(each, call) <= call.nowMs)
    .slice(0, mostReminders)
  const unaware = listeners.filter((each) => isUnaware(each, call) && !reminded.includes(each))
  const inOrder = unaware
    .filter((each) => gapEndMs(each, call) <= call.nowMs)
    .map((each) => ({ each, business: heldBy(each, call) / each.slots }))
    .sort((a, b) => a.business - b.business || a.each.pingedAtMs - b.each.pingedAtMs)
    .map(({ each }) => each)
  const toldBefore = listeners.filter(
    (each) => each.pingedAtMs >= call.newsAtMs && canDoAny(each, call),
  )
  const room = Math.max(0, atMost - toldBefore.length)
  const isOwed = ({ runnerId }: Listener) => owed.has(runnerId)
  const told = [
    ...inOrder.filter(isOwed),
    ...inOrder.filter((each) => !isOwed(each)).slice(0, room),
  ]
  const isTold = new Set(told)
  return { pings: [...reminded, ...told], left: unaware.filter((each) => !isTold.has(each)) }
}

/** When the next of these may be pinged that could not now, or is to be reminded. */
export function nextPingAtMs(
  listeners: readonly Listener[],
  left: readonly Listener[],
  call: Call,
): number {
  const gapEnds = left.map((each) => gapEndMs(each, call)).filter((atMs) => atMs > call.nowMs)
  const reminders = listeners
    .filter((each) => isAtWork(each, call))
    .map((each) => Math.max(reminderAtMs(each, call), call.nowMs + gapMs))
  return Math.min(Number.POSITIVE_INFINITY, ...gapEnds, ...reminders)
}

/** What is remembered of a listener that is pinged now. */
export function noteOfPing(
  listener: Listener,
  call: Call,
): Pick<Listener, 'pingedAtMs' | 'heldAtPing' | 'vainPings' | 'reminders'> {
  const held = heldBy(listener, call)
  const isVain = held > 0 && held === listener.heldAtPing
  return {
    pingedAtMs: call.nowMs,
    heldAtPing: held,
    vainPings: isVain ? listener.vainPings + 1 : 0,
    reminders: isUnaware(listener, call) ? 0 : listener.reminders + 1,
  }
}

function isUnaware(listener: Listener, call: Call): boolean {
  if (!isAtWork(listener, call) || heardAtMs(listener) >= call.newsAtMs) return false
  return canDoAny(listener, call)
}

function isAtWork({ runnerId }: Listener, { loads }: Call): boolean {
  return loads.get(runnerId) !== null
}

function heldBy({ runnerId }: Listener, { loads }: Call): number {
  return loads.get(runnerId) ?? 0
}

function canDoAny(listener: Listener, { kinds }: Call): boolean {
  return kinds === null || kinds.some((kind) => canDo(listener, kind))
}

/** As far as it told; that may be outdated, so reminders go to all. */
function canDo({ jobTypes, encoders }: Listener, kind: PendingKind): boolean {
  if (jobTypes !== null && !jobTypes.includes(kind.type)) return false
  return kind.encoders.every((encoder) => encoders?.includes(encoder))
}

function reminderAtMs(listener: Listener, { waitingSinceMs }: Call): number {
  const { heldAtPing, reminders } = listener
  const afterMs = heldAtPing > 0 ? longestWaitMs : firstReminderMs * 2 ** reminders
  return Math.max(heardAtMs(listener), waitingSinceMs) + Math.min(afterMs, longestWaitMs)
}

function heardAtMs({ askedAtMs, pingedAtMs }: Listener): number {
  return Math.max(askedAtMs, pingedAtMs)
}

/** The gap of a runner grows while it keeps the jobs that it has, and no others. */
function gapEndMs(listener: Listener, call: Call): number {
  const { vainPings, pingedAtMs, heldAtPing } = listener
  const isAsBusy = heldAtPing > 0 && heldBy(listener, call) === heldAtPing
  return pingedAtMs + (isAsBusy ? Math.min(gapMs * 2 ** vainPings, longestWaitMs) : gapMs)
}
