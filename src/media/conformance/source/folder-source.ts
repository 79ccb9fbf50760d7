import { open, readdir, stat } from 'node:fs/promises'
import { basename, dirname, join, posix } from 'node:path'
import type { ByteRange, ReadResult, Source } from './source.ts'

/** Playlists and segments above this are not read: a check must not take a machine's memory. */
const LARGEST_READ_BYTES = 512 * 1024 * 1024
const ENTRY_FILE = /\.(m3u8?|mpd)$/i

/** A folder, or one playlist or manifest in it, as a source. Null when the path is not there. */
export async function openFolder(path: string): Promise<Source | null> {
  const found = await stat(path).catch(() => null)
  if (!found) return null
  if (found.isDirectory()) return createFolderSource(path, () => listEntries(path))
  return createFolderSource(dirname(path), async () => [basename(path)])
}

async function listEntries(folder: string): Promise<string[]> {
  const names = await readdir(folder)
  return names.filter((name) => ENTRY_FILE.test(name)).toSorted()
}

function createFolderSource(root: string, findEntries: () => Promise<string[]>): Source {
  return {
    kind: 'folder',
    findEntries,
    resolve: resolvePath,
    read: (address, range) => readPath(root, address, range),
    describe: (address) => address,
  }
}

/** The path below a folder that a URI in one of its files means; a whole URL as it is. */
export function resolvePath(uri: string, base: string): string {
  if (/^[a-z][a-z0-9+.-]*:/i.test(uri)) return uri
  const path = decode(uri.replace(/[?#].*$/, ''))
  const folder = base.endsWith('/') ? base : posix.dirname(base)
  return posix.normalize(posix.join(folder, path))
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    // A stray "%" is part of the name for everyone but decodeURIComponent.
    return path
  }
}

async function readPath(root: string, address: string, range?: ByteRange): Promise<ReadResult> {
  const outside = /^[a-z][a-z0-9+.-]*:/i.test(address) || address.startsWith('..')
  if (outside || address.includes('\0')) return refuse('is outside the folder')
  try {
    return await readFile(join(root, address), range)
  } catch (error) {
    return refuse(error instanceof Error && 'code' in error ? describeCode(error.code) : 'fails')
  }
}

async function readFile(path: string, range?: ByteRange): Promise<ReadResult> {
  await using file = await open(path)
  const { size } = await file.stat()
  const { offset, length } = range ?? { offset: 0, length: size }
  if (offset + length > size) return refuse(`ends at byte ${size}, before the range does`)
  if (length > LARGEST_READ_BYTES) return refuse('is too large to be read')
  const bytes = Buffer.alloc(length)
  await file.read(bytes, 0, length, offset)
  return { ok: true, bytes, delivery: null }
}

function describeCode(code: unknown): string {
  if (code === 'ENOENT') return 'is not there'
  return `cannot be read (${String(code)})`
}

function refuse(reason: string): ReadResult {
  return { ok: false, reason }
}
