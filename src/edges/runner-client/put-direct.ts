import { ReelmillError } from '#errors/reelmill-error.ts'
import type { SegmentUpload } from './answers.ts'

/** Long enough for the largest segment on a slow line; the lease is renewed meanwhile. */
const timeoutMs = 300_000

/**
 * Puts bytes at a signed address of a bucket.
 *
 * @throws ReelmillError `server_refused`, `server_unreachable`.
 */
export async function putDirect(
  { url, headers }: SegmentUpload,
  bytes: Buffer,
  signal?: AbortSignal,
): Promise<void> {
  const limits = [AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])]
  const response = await fetch(url, {
    method: 'PUT',
    headers: { ...headers },
    body: new Uint8Array(bytes),
    redirect: 'error',
    signal: AbortSignal.any(limits),
  }).catch((cause: unknown) => {
    throw new ReelmillError('server_unreachable', 'The bucket cannot be reached.', { cause })
  })
  await response.body?.cancel()
  if (response.ok) return
  // Its status must not be taken for the server's word about the job: 404 is a bucket that is gone.
  throw new ReelmillError('server_refused', `The bucket answered ${response.status}.`)
}
