import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { StagedFile } from '#jobs/result.ts'
import type { Parts } from '../parts.ts'
import type { Completion } from './job-kind.ts'

/** A file of a result, by its name in `payload[…]`; hand-in has made sure that it is there. */
export function stagedFile({ result }: Completion, name: string): StagedFile {
  const file = result.files[name]
  if (!file) throw new ReelmillError('result_incomplete', `The result has no ${name}.`)
  return file
}

/** An object of the storage as a file for programs that read files; brought into `scratch` if need be. */
export async function readAsFile(
  { storage }: Parts,
  key: string,
  scratch: string,
): Promise<string> {
  const local = storage.localPath(key)
  if (local !== null) return local
  const path = join(scratch, `object-${crypto.randomUUID()}`)
  await pipeline(await storage.get(key), createWriteStream(path))
  return path
}
