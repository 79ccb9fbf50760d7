import { setTimeout as delay } from 'node:timers/promises'

const lookEveryMs = 40

/**
 * Looks again and again until there is something: any value but null, undefined and false.
 *
 * @throws Error naming `what` was waited for, with the last error of looking as its cause.
 */
export async function waitFor<Value>(
  what: string,
  look: () => Promise<Value> | Value,
  deadlineMs = 120_000,
): Promise<NonNullable<Exclude<Value, false>>> {
  const endAtMs = performance.now() + deadlineMs
  let cause: unknown
  for (;;) {
    try {
      const found = await look()
      if (found !== null && found !== undefined && found !== false) {
        return found as NonNullable<Exclude<Value, false>>
      }
    } catch (error) {
      // A server that is just being killed refuses; the last refusal is told when time is up.
      cause = error
    }
    if (performance.now() > endAtMs) {
      throw new Error(`Within ${deadlineMs} ms there was no: ${what}`, { cause })
    }
    await delay(lookEveryMs)
  }
}
