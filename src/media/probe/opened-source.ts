import { open, stat } from 'node:fs/promises'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { InputSource } from '../ffmpeg/input-arguments.ts'

/** A source wherever it lies: as programs read it, and as we read parts of it ourselves. */
export interface OpenedSource {
  readonly input: InputSource
  readonly sizeBytes: number
  /** So many bytes from `position` on; fewer only where the source ends. */
  readonly read: (position: number, bytes: number) => Promise<Buffer>
}

/**
 * A file of this machine.
 *
 * @throws ReelmillError `source_not_found`; `source_unreadable` when it is no file.
 */
export async function openFile(path: string): Promise<OpenedSource> {
  const stats = await stat(path).catch((cause: unknown) => {
    throw new ReelmillError('source_not_found', undefined, { cause })
  })
  if (!stats.isFile()) throw new ReelmillError('source_unreadable', 'The source is not a file.')
  return {
    input: { kind: 'file', path },
    sizeBytes: stats.size,
    read: (position, bytes) => readPart(path, position, bytes),
  }
}

async function readPart(path: string, position: number, bytes: number): Promise<Buffer> {
  await using file = await open(path)
  const buffer = Buffer.alloc(bytes)
  const { bytesRead } = await file.read(buffer, 0, bytes, position)
  return buffer.subarray(0, bytesRead)
}
