import { ReelmillError } from '#errors/reelmill-error.ts'

/** Fails with `storage_unavailable` once whoever ordered a removal has called it off. */
export function refuseStopped(signal: AbortSignal | undefined, key: string): void {
  if (!signal?.aborted) return
  throw new ReelmillError('storage_unavailable', 'The removal was called off.', {
    cause: signal.reason,
    details: { key },
  })
}
