import { setTimeout as delay } from 'node:timers/promises'
import type { Parts } from '#flow/parts.ts'
import { readPolicies } from '#policies/read.ts'

/** News may be lost, or the database away. */
const lookEveryMs = 10_000

/** Waits while terminateAll says that no runner is to run (P-33), or until the signal fires. */
export async function untilRunnersWanted(parts: Parts, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const changed = new AbortController()
    // From before the look on, so that no change is missed.
    const forget = parts.notifications.on('policies', () => changed.abort())
    try {
      if (!(await areDismissed(parts))) return
      await pause(AbortSignal.any([changed.signal, signal]))
    } finally {
      forget()
    }
  }
}

async function areDismissed({ database, config, log }: Parts): Promise<boolean> {
  try {
    return (await readPolicies(database, config)).terminateAll
  } catch (error) {
    // A runner that should not run is told so by its first answer.
    log.warn({ err: error }, 'it could not be seen whether local runners may run')
    return false
  }
}

async function pause(signal: AbortSignal): Promise<void> {
  // Cut short by the news or the end: the loop's condition then tells.
  await delay(lookEveryMs, undefined, { signal }).catch(() => undefined)
}
