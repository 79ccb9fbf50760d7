import { buffer } from 'node:stream/consumers'
import type { ReadOutput } from '#stages/packaging/films/fill-tracks.ts'
import type { Parts } from '../parts.ts'

/** Reads files of an output folder of the storage, whole or in part. */
export function outputReader({ storage }: Pick<Parts, 'storage'>, prefix: string): ReadOutput {
  return async (path, range) => {
    if (!range) return buffer(await storage.get(prefix + path))
    const { start, bytes } = range
    return buffer(await storage.get(prefix + path, { start, end: start + bytes - 1 }))
  }
}
