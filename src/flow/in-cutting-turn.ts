import { availableParallelism } from 'node:os'
import { makeSlots, type Slots } from '#config/slots.ts'

/** Each cut runs an ffmpeg, and more of them than cores only make all of them late. */
const cores = makeSlots(availableParallelism())

/** One of each job: a runner that asks for its input many times at once gets no more than its turn. */
const turns = new Map<number, { readonly slots: Slots; callers: number }>()

/**
 * Cuts a job's input when a core is free for it, and nobody else cuts for that job.
 *
 * @throws ReelmillError `cancelled` when `signal` fires before its turn; and what `cut` throws.
 */
export async function inCuttingTurn<T>(
  jobId: number,
  signal: AbortSignal,
  cut: () => Promise<T>,
): Promise<T> {
  const turn = turns.get(jobId) ?? { slots: makeSlots(1), callers: 0 }
  turns.set(jobId, turn)
  turn.callers += 1
  try {
    return await inSlot(turn.slots, signal, () => inSlot(cores, signal, cut))
  } finally {
    turn.callers -= 1
    if (turn.callers === 0) turns.delete(jobId)
  }
}

async function inSlot<T>(slots: Slots, signal: AbortSignal, use: () => Promise<T>): Promise<T> {
  const giveFree = await slots.take(signal)
  try {
    return await use()
  } finally {
    giveFree()
  }
}
