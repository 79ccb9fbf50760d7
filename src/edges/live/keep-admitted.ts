import { ReelmillError } from '#errors/reelmill-error.ts'

/** A session that ended, a key that was revoked and another role are seen this soon on what stays open. */
const lookEveryMs = 60_000

/**
 * Asks again and again whether somebody who stays connected may still be there, and calls `end` once
 * they may not. The returned function stops asking.
 */
export function keepAdmitted(admit: () => Promise<void>, end: () => void): () => void {
  const timer = setInterval(() => {
    admit().catch((error: unknown) => {
      // A database that is away for a moment is no reason to send people away.
      if (error instanceof ReelmillError && error.status < 500) end()
    })
  }, lookEveryMs)
  timer.unref()
  return () => clearInterval(timer)
}
