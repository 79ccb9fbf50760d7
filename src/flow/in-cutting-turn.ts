import { availableParallelism } from 'node:os'
import { makeSlots, makeTurns } from '#config/slots.ts'

/** Each cut runs an ffmpeg, and more of them than cores only make all of them late. */
const cores = makeSlots(availableParallelism())

/** One of each job: a runner that asks for its input many times at once gets no more than its turn. */
const turns = makeTurns()

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
  const endTurn = await turns.take(String(jobId), signal)
  try {
    const giveFree = await cores.take(signal)
    try {
      return await cut()
    } finally {
      giveFree()
    }
  } finally {
    endTurn()
  }
}
