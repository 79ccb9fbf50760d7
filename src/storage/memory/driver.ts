import { createHash } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { ObjectInfo, Storage } from '../contract.ts'
import { checkKey, checkPrefix } from '../keys.ts'
import { refuseStopped } from '../refuse-stopped.ts'

interface StoredObject {
  readonly bytes: Buffer
  readonly info: ObjectInfo
}

/** Objects in this process's memory, for tests and demonstrations: gone when the process is. */
export function openMemoryStorage(): Storage {
  const objects = new Map<string, StoredObject>()
  const store = (key: string, bytes: Buffer): ObjectInfo => {
    const info = { key, sizeBytes: bytes.length, modifiedAt: new Date(), etag: hash(bytes) }
    objects.set(key, { bytes, info })
    return info
  }
  const below = (prefix: string): string[] => {
    const folder = checkPrefix(prefix)
    return [...objects.keys()].filter((key) => key.startsWith(folder)).toSorted()
  }

  return {
    async put(key, body) {
      checkKey(key)
      return store(key, Buffer.isBuffer(body) ? Buffer.from(body) : await collect(body))
    },
    async putFile(key, path) {
      const info = store(checkKey(key), await readFile(path))
      await rm(path)
      return info
    },
    async get(key, range) {
      const stored = objects.get(checkKey(key))
      const isWanted = range?.ifEtag === undefined || range.ifEtag === stored?.info.etag
      if (!stored || !isWanted) {
        throw new ReelmillError('object_not_found', undefined, { details: { key } })
      }
      const { bytes } = stored
      return Readable.from([range ? bytes.subarray(range.start, range.end + 1) : bytes])
    },
    async head(key) {
      return objects.get(checkKey(key))?.info ?? null
    },
    async *list(prefix) {
      for (const key of below(prefix)) {
        const stored = objects.get(key)
        if (stored) yield stored.info
      }
    },
    async copy(from, to, { ifEtag } = {}) {
      const stored = objects.get(checkKey(from))
      if (!stored || (ifEtag !== undefined && stored.info.etag !== ifEtag)) {
        throw new ReelmillError('object_not_found', undefined, { details: { key: from } })
      }
      return store(checkKey(to), stored.bytes)
    },
    async delete(key) {
      objects.delete(checkKey(key))
    },
    async deleteAll(prefix, signal) {
      refuseStopped(signal, prefix)
      for (const key of below(prefix)) objects.delete(key)
    },
    localPath: () => null,
    signer: null,
    parts: null,
    sweepTemporary: async () => 0,
  }
}

async function collect(body: Readable): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of body) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}

function hash(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('base64url').slice(0, 22)
}
