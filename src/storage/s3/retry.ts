import type { S3ClientConfig } from '@aws-sdk/client-s3'

const firstDelayMs = 200
const longestDelayMs = 4000

type RetryStrategy = Extract<
  NonNullable<S3ClientConfig['retryStrategy']>,
  { acquireInitialRetryToken: unknown }
>
type RetryToken = Awaited<ReturnType<RetryStrategy['acquireInitialRetryToken']>>

interface Tries {
  readonly attempts: number
  /** From 0 to 1. */
  readonly random: () => number
}

/**
 * When a call is made again: after refused and broken connections, time-outs, 500, 502, 503, 504 and
 * requests to slow down, with delays that double. Eight attempts take 7 to 14 s in all (V-67).
 *
 * The SDK's own strategies start at 50 ms, may draw a delay of nothing each time, and share a budget
 * that an outage uses up for everybody.
 */
export function retryStrategy({ attempts, random }: Tries): RetryStrategy {
  return {
    acquireInitialRetryToken: async () => token(0, 0),
    async refreshRetryTokenForRetry(last, failure) {
      const count = last.getRetryCount() + 1
      if (count >= attempts || !['THROTTLING', 'TRANSIENT'].includes(failure.errorType)) {
        throw new Error('It is not tried again.', { cause: failure.error })
      }
      const hintMs = failure.retryAfterHint ? failure.retryAfterHint.getTime() - Date.now() : 0
      return token(count, Math.max(delayMs(count, random), Math.min(hintMs, longestDelayMs)))
    },
    recordSuccess: () => undefined,
  }
}

/** Half of it fixed, so that an outage is outlasted; half by chance, so that clients part. */
export function delayMs(retry: number, random: () => number): number {
  const longest = Math.min(firstDelayMs * 2 ** (retry - 1), longestDelayMs)
  return longest / 2 + (random() * longest) / 2
}

function token(count: number, delay: number): RetryToken {
  return { getRetryCount: () => count, getRetryDelay: () => delay }
}
