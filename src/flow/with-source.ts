import { buffer } from 'node:stream/consumers'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { type OpenedSource, openFile } from '#media/probe/opened-source.ts'
import { serveObject } from '#storage/serve-object.ts'
import type { Parts } from './parts.ts'

/**
 * Lends an object of the storage to those who look into media: the file itself where the driver has
 * files, else an address of this machine at which it can be read by ranges. Nothing is copied.
 *
 * @throws ReelmillError `source_not_found`; `storage_unavailable` also for a reading that broke off,
 * which then is the storage's fault and passes; and what `use` throws.
 */
export async function withSource<T>(
  { storage }: Pick<Parts, 'storage'>,
  key: string,
  use: (source: OpenedSource) => Promise<T>,
): Promise<T> {
  const path = storage.localPath(key)
  if (path !== null) return use(await openFile(path))
  const info = await storage.head(key)
  if (!info) throw new ReelmillError('source_not_found')
  const { sizeBytes } = info
  const read = async (position: number, bytes: number): Promise<Buffer> => {
    if (position >= sizeBytes) return Buffer.alloc(0)
    const end = Math.min(position + bytes, sizeBytes) - 1
    return buffer(await storage.get(key, { start: position, end }))
  }
  const served = await serveObject(storage, info)
  try {
    return await use({ input: { kind: 'http', url: served.url }, sizeBytes, read })
  } catch (error) {
    throw asOutage(error)
  } finally {
    await served.close()
  }
}

/** Who reads over a network says that a server went away: here it is the storage behind it. */
function asOutage(error: unknown): unknown {
  if (!(error instanceof ReelmillError) || error.code !== 'server_unreachable') return error
  const { details } = error
  return new ReelmillError('storage_unavailable', 'The source could not be read to its end.', {
    cause: error,
    details,
  })
}
