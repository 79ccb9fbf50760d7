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
  const info = isKey(key) ? await storage.head(key) : null
  if (!info) return { ok: false, reason: 'is not there' }
  const { offset, length } = range ?? { offset: 0, length: info.sizeBytes }
  if (offset + length > info.sizeBytes) {
    return { ok: false, reason: `ends at byte ${info.sizeBytes}, before the range does` }
  }
  if (length > largestReadBytes) return { ok: false, reason: 'is too large to be read' }
  try {
    const isWholeSegment = !range && key.endsWith('.m4s')
    const bytes = await readBytes(storage, { key, offset, length, isWholeSegment })
    return { ok: true, bytes, delivery: null }
  } catch (error) {
    if (!(error instanceof ReelmillError) || isOutage(error)) throw error
    return { ok: false, reason: error.message }
  }
}

interface Wanted {
  readonly key: string
  readonly offset: number
  readonly length: number
  readonly isWholeSegment: boolean
}

async function readBytes(
  storage: Storage,
  { key, offset, length, isWholeSegment }: Wanted,
): Promise<Buffer> {
  if (length === 0) return Buffer.alloc(0)
  const readPart = async (start: number, bytes: number): Promise<Buffer> =>
    buffer(await storage.get(key, { start, end: start + bytes - 1 }))
  const isNear = storage.localPath(key) !== null
  if (isNear || !isWholeSegment) return readPart(offset, length)
  return readSparsely({ sizeBytes: length, read: readPart })
}
