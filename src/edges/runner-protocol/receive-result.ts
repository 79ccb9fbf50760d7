import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { MultipartFile } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import type { TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { outlastOutage } from '#database/outlast-outage.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { ReceivedFile } from '#flow/hand-in-result.ts'
import type { Parts } from '#flow/parts.ts'
import { makeScratch } from '#flow/scratch.ts'
import { findHeldJob } from '#jobs/find.ts'
import { type Fields, parseName, setField } from './form.ts'
import { JobParams } from './schemas.ts'

/** Files that came in with a call; `remove` takes away what nobody took over. */
export interface ReceivedForm {
  readonly files: ReadonlyMap<string, ReceivedFile>
  readonly remove: () => Promise<void>
}

/** Stock runners tell their tokens before their files; who does not gets only this much room. */
const strangersBytes = 64 * 1024 ** 2
const mostFiles = 4

/**
 * Reads a multipart form with files: texts go where a JSON body would be, as `readForm` does, files
 * into a folder of this call's own. A stranger is turned away before bytes are kept, where the form
 * has told who it is (runner protocol 1.1).
 *
 * @throws ReelmillError `invalid_request`, `payload_too_large`, `disk_full`, `runner_job_not_found`,
 * with nothing left behind.
 */
export async function receiveResult(
  parts: Parts,
  request: FastifyRequest,
  schema: TSchema,
): Promise<ReceivedForm> {
  const { folder, remove } = await makeScratch(parts)
  const files = new Map<string, ReceivedFile>()
  const fields: Fields = Object.create(null)
  try {
    const limits = { fileSize: parts.config.sourceMaxBytes, files: mostFiles }
    for await (const part of request.parts({ limits })) {
      if (part.type === 'field') {
        setField(fields, parseName(part.fieldname), String(part.value))
        continue
      }
      const name = fileName(part)
      const path = join(folder, String(files.size))
      await keepFile(part, path, await roomFor(parts, request, fields))
      files.set(name, { path, filename: part.filename })
    }
    request.body = Value.Convert(schema, fields)
    return { files, remove }
  } catch (error) {
    await remove()
    throw error
  }
}

/** "payload[videoFile]" → "videoFile". */
function fileName({ fieldname }: MultipartFile): string {
  const [first, name, ...rest] = parseName(fieldname)
  if (first === 'payload' && name !== undefined && rest.length === 0) return name
  throw new ReelmillError('invalid_request', `${fieldname}: no file belongs there.`)
}

async function roomFor(parts: Parts, request: FastifyRequest, fields: Fields): Promise<number> {
  const { runnerToken, jobToken } = fields
  if (typeof runnerToken !== 'string' || typeof jobToken !== 'string') return strangersBytes
  if (!Value.Check(JobParams, request.params)) throw new ReelmillError('invalid_request')
  const credentials = { uuid: request.params.jobUuid, runnerToken, jobToken }
  await outlastOutage(() => findHeldJob(parts.database, credentials))
  return parts.config.sourceMaxBytes
}

async function keepFile({ file }: MultipartFile, path: string, mostBytes: number): Promise<void> {
  const counted = async function* (chunks: AsyncIterable<Buffer>) {
    let bytes = 0
    for await (const chunk of chunks) {
      bytes += chunk.length
      if (bytes > mostBytes) throw new ReelmillError('payload_too_large')
      yield chunk
    }
  }
  try {
    await pipeline(file, counted, createWriteStream(path))
  } catch (error) {
    const isFull = error instanceof Error && 'code' in error && error.code === 'ENOSPC'
    throw isFull ? new ReelmillError('disk_full', undefined, { cause: error }) : error
  }
  if (file.truncated) throw new ReelmillError('payload_too_large')
}
