import { buffer } from 'node:stream/consumers'
import { isOutage } from '#errors/is-outage.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { readSparsely } from '#media/boxes/read-sparsely.ts'
import { resolvePath } from '#media/conformance/source/folder-source.ts'
import type { ByteRange, ReadResult, Source } from '#media/conformance/source/source.ts'
import type { Storage } from '#storage/contract.ts'
import { isKey } from '#storage/keys.ts'

const entries = ['manifest.mpd', 'master.m3u8']

/** Playlists and segments above this are not read: a check must not take a machine's memory. */
const largestReadBytes = 512 * 1024 * 1024

/**
 * The output below a prefix of the storage, to be checked where it lies. What is wrong with the output
 * is an answer; a storage that is away is thrown, for it says nothing about the output. Of segments
 * in a bucket only the boxes and the beginning of each group of pictures are read: no rule needs more.
 */
export function openOutput(storage: Storage, prefix: string): Source {
  const has = async (name: string): Promise<boolean> => (await storage.head(prefix + name)) !== null
  return {
    kind: 'folder',
    async findEntries() {
      const found = await Promise.all(entries.map(has))
      return entries.filter((_, index) => found[index])
    },
    resolve: resolvePath,
    read: (address, range) => read(storage, prefix + address, range),
    describe: (address) => address,
  }
}

async function read(storage: Storage, key: string, range?: ByteRange): Promise<ReadResult> {
  if (!isKey(key)) return { ok: false, reason: 'is outside the folder' }
  const info = await storage.head(key)
  if (!info) return { ok: false, reason: 'is not there' }
  const { offset, length } = range ?? { offset: 0, length: info.sizeBytes }
  if (offset + length > info.sizeBytes) {
    return { ok: false, reason: `ends at byte ${info.sizeBytes}, before the range does` }
  }
  if (length > largestReadBytes) return { ok: false, reason: 'is too large to be read' }
  if (length === 0) return { ok: true, bytes: Buffer.alloc(0), delivery: null }
  const readPart = async (start: number, bytes: number): Promise<Buffer> =>
    buffer(await storage.get(key, { start, end: start + bytes - 1 }))
  const isDistant = storage.localPath(key) === null
  try {
    const bytes =
      isDistant && !range && key.endsWith('.m4s')
        ? await readSparsely({ sizeBytes: length, read: readPart })
        : await readPart(offset, length)
    return { ok: true, bytes, delivery: null }
  } catch (error) {
    if (!(error instanceof ReelmillError) || isOutage(error)) throw error
    return { ok: false, reason: error.code === 'object_not_found' ? 'is not there' : error.message }
  }
}
