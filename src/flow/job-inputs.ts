import { join } from 'node:path'
import { sql } from 'kysely'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { JobRow } from '#jobs/job.ts'
import { findSource } from '#jobs/source.ts'
import { cutPiece } from '#stages/encoding/pieces/cut-piece.ts'
import { cutSoundPiece } from '#stages/encoding/pieces/cut-sound-piece.ts'
import { inCuttingTurn } from './in-cutting-turn.ts'
import { findPieceOrder, isPieceJob } from './job-kinds/piece.ts'
import { findSoundOrder, isSoundJob } from './job-kinds/sound.ts'
import type { Parts } from './parts.ts'
import { programsOf } from './programs.ts'
import { makeScratch } from './scratch.ts'
import { loadPlannedVersion, readableKeyOf } from './version.ts'
import { withSource } from './with-source.ts'

/** What of a job's inputs a runner asks for (runner protocol 1.6). */
export type InputName =
  | { readonly kind: 'video' | 'audio' | 'thumbnail' }
  | { readonly kind: 'task-file'; readonly filename: string }

/** Where an input's bytes are: in the storage, or in a file that was made for this call. */
export type LocatedInput =
  | { readonly kind: 'object'; readonly key: string }
  | { readonly kind: 'file'; readonly path: string; readonly remove: () => Promise<void> }

/**
 * Finds an input. Pictures and sound are the source's, never those of an earlier rendition (WD22), in
 * the container that can be read exactly; of a piece, cut out of it now; but where sound was merged
 * with a picture, what follows is made from that. `signal` fires when nobody waits for it any more.
 *
 * @throws ReelmillError `cancelled` when that is before its turn; `invalid_request` for a file that is
 * none of the job's tasks'; `source_not_found` for a thumbnail or a merged film where there is none.
 */
export async function locateInput(
  parts: Parts,
  job: JobRow,
  input: InputName,
  signal: AbortSignal,
): Promise<LocatedInput> {
  switch (input.kind) {
    case 'video':
    case 'audio':
      if (isPieceJob(job) || isSoundJob(job)) {
        return inCuttingTurn(job.id, signal, () => cutInput(parts, job, signal))
      }
      return { kind: 'object', key: await locateFilm(parts, job) }
    case 'thumbnail':
      return { kind: 'object', key: locateText(job, 'previewKey') }
    case 'task-file':
      return { kind: 'object', key: locateTaskFile(job, input.filename) }
  }
}

async function locateFilm(parts: Parts, job: JobRow): Promise<string> {
  return job.private_payload['madeFrom'] === undefined
    ? (await findSource(parts.database, job)).key
    : findMerged(parts, job)
}

/** A piece takes a tenth of a second or so: less than keeping what several renditions would share. */
async function cutInput(parts: Parts, job: JobRow, signal: AbortSignal): Promise<LocatedInput> {
  const version = await loadPlannedVersion(parts.database, job.version_id)
  const { folder, remove } = await makeScratch(parts)
  const path = join(folder, 'piece.mp4')
  const programs = programsOf(parts)
  try {
    const options = { programs, signal }
    await withSource(parts, readableKeyOf(version), ({ input }) =>
      isPieceJob(job)
        ? cutPiece(findPieceOrder(version, job), input, path, options)
        : cutSoundPiece(findSoundOrder(version, job), input, path, options),
    )
    return { kind: 'file', path, remove }
  } catch (error) {
    await remove()
    throw error
  }
}

/** The file of the rendition that the job's plan names. */
async function findMerged({ database }: Parts, job: JobRow): Promise<string> {
  const file = await database
    .selectFrom('files')
    .innerJoin('versions', 'versions.id', 'files.version_id')
    .select(['versions.prefix', 'files.path'])
    .where('version_id', '=', job.version_id)
    .where('kind', '=', 'web-video')
    .where(sql<boolean>`facts->>'name' = ${job.private_payload['madeFrom']}`)
    .executeTakeFirst()
  if (!file) throw new ReelmillError('source_not_found', 'The film that it is made from is gone.')
  return file.prefix + file.path
}

function locateText({ private_payload }: JobRow, name: string): string {
  const key = private_payload[name]
  if (typeof key === 'string') return key
  throw new ReelmillError('source_not_found', 'The job has no such input.')
}

function locateTaskFile({ private_payload }: JobRow, filename: string): string {
  const files = private_payload['taskFiles']
  const key =
    typeof files === 'object' && files !== null && Object.hasOwn(files, filename)
      ? (files as Record<string, unknown>)[filename]
      : undefined
  if (typeof key === 'string') return key
  throw new ReelmillError('invalid_request', 'The job has no task with such a file.')
}
