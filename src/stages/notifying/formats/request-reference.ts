import type { Result } from '../result.ts'

/**
 * What the gRPC service told when all outputs of a request were settled (V-86): its two keys, and
 * beside them how it ended.
 */
export function writeRequestReference(result: Result): object {
  return {
    request_id: result.videoId,
    reference_id: result.externalId ?? '',
    status: result.state,
    ...(result.error ? { error: result.error } : {}),
    outputs: result.outputs.map(({ step, name, key, url, mime, sizeBytes }) => ({
      ...{ step, name, key, url, mime },
      size: sizeBytes,
    })),
  }
}
