import { type FileHandle, open } from 'node:fs/promises'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { guarded } from './failures.ts'

/**
 * Each reading waits for a thread. Against Node's 64 kB this takes a third less time of the processor
 * for a segment; more helps little, and is held for each viewer with a slow line.
 */
export const readBytes = 256 * 1024

/** 8 MB are kept for the next readers, so that memory is not asked for and cleared each time. */
const mostSpare = 32
const spare: Buffer[] = []

/** Takes a piece of a file, which is overwritten once the promise is fulfilled. */
export type Take = (piece: Buffer) => Promise<void>

interface Extent {
  readonly start: number
  /** Inclusive. */
  readonly end: number
}

/** A part of a file that is open. */
export interface OpenedBytes {
  /**
   * Gives it piece by piece, the next being read meanwhile. Fails with what `take` fails with, or with
   * `object_not_found` where the file ends earlier.
   */
  pour(take: Take): Promise<void>
  close(): Promise<void>
}

/**
 * Opens a part of a file for somebody who is done with each piece before the next. Two pieces of
 * memory are used in turn; a stream takes new memory for each, which costs more than reading it.
 */
export async function openBytes(path: string, extent: Extent): Promise<OpenedBytes> {
  const handle = await guarded(path, open(path, 'r'))
  return { pour: (take) => pour(handle, extent, take), close: () => handle.close() }
}

async function pour(handle: FileHandle, { start, end }: Extent, take: Take): Promise<void> {
  const memory: Buffer[] = []
  let position = start
  const readNext = async (turn: number): Promise<Buffer> => {
    const piece = (memory[turn % 2] ??= spare.pop() ?? Buffer.allocUnsafeSlow(readBytes))
    const length = Math.min(piece.length, end - position + 1)
    const { bytesRead } = await guarded('', handle.read(piece, 0, length, position))
    if (bytesRead === 0) throw new ReelmillError('object_not_found', 'The file ends early.')
    position += bytesRead
    return piece.subarray(0, bytesRead)
  }

  let reading: Promise<Buffer> | null = readNext(0)
  try {
    for (let turn = 1; reading; turn += 1) {
      const piece: Buffer = await reading
      reading = position <= end ? readNext(turn) : null
      await take(piece)
    }
  } finally {
    // Before the file is closed; what it fails with comes too late to matter.
    await reading?.catch(() => undefined)
  }
  // Not after a failure: whoever took the last piece may not be done with it.
  for (const each of memory) if (spare.length < mostSpare) spare.push(each)
}
