import type { FileHandle } from 'node:fs/promises'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { Parts } from '../parts.ts'
import { type Import, noteProgress } from './import-row.ts'
import { openPartial, partialPath, removePartials, sizeOfPartial } from './partial-file.ts'
import { type Delivery, readAnswer } from './read-answer.ts'

/** Between two looks at how far it is, each of which waits for the disk. */
const noteEveryMs = 2_000
const limits = {
  headersMs: 30_000,
  idleMs: 30_000,
  wholeMs: 5 * 3_600_000,
  // What is written is counted here, for the limit is that of the whole file.
  bodyBytes: Number.MAX_SAFE_INTEGER,
}
const redirects = 5

/** What has arrived of a file. */
export interface Arrived extends Pick<Import, 'validator' | 'receivedBytes' | 'totalBytes'> {
  readonly path: string
}

/** Where one answer's bytes go. */
interface Target {
  readonly parts: Parts
  readonly job: Import
  readonly delivery: Delivery
  readonly path: string
}

/**
 * Asks for the rest of a file, from where `arrived` ends, and writes what comes. The whole comes anew
 * where the file is another one by now, or the origin cannot send a part.
 *
 * @throws ReelmillError what the guarded client throws, `import_failed`, `import_refused`,
 * `source_too_many_bytes`, `cancelled`. What has arrived until then is kept.
 */
export async function fetchPart(
  parts: Parts,
  job: Import,
  arrived: Arrived | null,
  signal: AbortSignal,
): Promise<Arrived> {
  const maxBytes = parts.config.sourceMaxBytes
  const { validator = null, receivedBytes = 0 } = arrived ?? {}
  const resumes = validator !== null && receivedBytes > 0
  const answer = await parts.web.call({
    url: job.url,
    redirects,
    signal,
    headers: resumes ? { range: `bytes=${receivedBytes}-`, 'if-range': validator } : {},
    limits,
  })
  try {
    const delivery = readAnswer(answer, resumes ? receivedBytes : 0)
    if (delivery === 'restart') throw await restart(parts, job)
    refuseSize(delivery.totalBytes ?? 0, maxBytes)
    const path = partialPath(parts, job.versionId, delivery.validator)
    if (delivery.offset === 0) await removePartials(parts, job.versionId)
    return await writeBody({ parts, job, delivery, path }, answer.body)
  } finally {
    answer.body.destroy()
  }
}

/** What this machine already has of the file, as far as it is known to be on the disk. */
export async function findArrived(parts: Parts, job: Import): Promise<Arrived | null> {
  const { validator, totalBytes } = job
  if (validator === null) return null
  const path = partialPath(parts, job.versionId, validator)
  const receivedBytes = Math.min(job.receivedBytes, await sizeOfPartial(path))
  return receivedBytes > 0 ? { path, validator, receivedBytes, totalBytes } : null
}

/** The origin cannot go on where we are: the next time everything is asked for. */
async function restart(parts: Parts, job: Import): Promise<ReelmillError> {
  await removePartials(parts, job.versionId)
  await noteProgress(parts, { ...job, validator: null, receivedBytes: 0, totalBytes: null })
  return new ReelmillError('import_failed', 'The address could not go on where it was cut off.')
}

async function writeBody(target: Target, body: AsyncIterable<Buffer>): Promise<Arrived> {
  const { delivery, path } = target
  const file = await openPartial(path)
  try {
    const receivedBytes = await writeAll(target, file, body)
    const { totalBytes, validator } = delivery
    if (totalBytes !== null && receivedBytes !== totalBytes) {
      throw new ReelmillError(
        'import_failed',
        `The address sent ${receivedBytes} of ${totalBytes} bytes.`,
      )
    }
    return { path, validator, receivedBytes, totalBytes: receivedBytes }
  } finally {
    await file.close()
  }
}

/** The file's length when the body ends; what was written is on the disk then, also when it broke off. */
async function writeAll(
  { parts, job, delivery }: Target,
  file: FileHandle,
  body: AsyncIterable<Buffer>,
): Promise<number> {
  const { validator, totalBytes } = delivery
  let receivedBytes = delivery.offset
  let notedAt = performance.now()
  const note = async (): Promise<void> => {
    await file.datasync()
    await noteProgress(parts, { ...job, validator, receivedBytes, totalBytes })
    notedAt = performance.now()
  }
  await file.truncate(receivedBytes)
  await note()
  try {
    for await (const piece of body) {
      refuseSize(receivedBytes + piece.length, parts.config.sourceMaxBytes)
      await writeAt(file, piece, receivedBytes)
      receivedBytes += piece.length
      if (performance.now() - notedAt > noteEveryMs) await note()
    }
  } finally {
    await note()
  }
  return receivedBytes
}

/** A system may take less than it is given, as when the disk is nearly full. */
async function writeAt(file: FileHandle, piece: Buffer, position: number): Promise<void> {
  for (let done = 0; done < piece.length; ) {
    const { bytesWritten } = await file.write(piece, done, piece.length - done, position + done)
    done += bytesWritten
  }
}

function refuseSize(sizeBytes: number, maxBytes: number): void {
  if (sizeBytes <= maxBytes) return
  throw new ReelmillError('source_too_many_bytes', undefined, { details: { maxBytes } })
}
