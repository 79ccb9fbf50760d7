import { buffer } from 'node:stream/consumers'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { JobRow } from '#jobs/job.ts'
import type { Piece, PieceOrder } from '#jobs/piece.ts'
import { joinPiece } from '#stages/encoding/pieces/join-piece.ts'
import { describeInput } from '#stages/planning/plan-jobs.ts'
import { announcePlayable } from '../announce-playable.ts'
import { keepInit, keepSegment } from '../keep-segments.ts'
import { loadPlannedVersion, type PlannedVersion } from '../version.ts'
import type { JobKind } from './job-kind.ts'
import { stagedFile } from './staged-path.ts'

/** A segment of a rendition, made as a whole file: joined to the track like any other segment. */
export const piece: JobKind = {
  files: ['videoFile'],
  fields: [],
  complete: async (parts, completion) => {
    const { job } = completion
    const version = await loadPlannedVersion(parts.database, job.version_id)
    const order = findPieceOrder(version, job)
    const staged = stagedFile(completion, 'videoFile')
    const { init, segment, inspected } = joinPiece(order, await readWhole(parts, staged))
    const { rendition: track, segment: number } = order.piece
    return async (tx) => {
      await keepInit(parts, tx, job, { track, init })
      await keepSegment(parts, tx, job, { track, number, bytes: segment, inspected })
      if (number === 0) await announcePlayable(tx, job.version_id)
    }
  },
}

/** A piece is a segment: what is much larger is none, and is not read into memory. */
const maxBytes = 512 * 1024 ** 2

async function readWhole(
  { storage }: Parameters<JobKind['complete']>[0],
  { key, sizeBytes }: { readonly key: string; readonly sizeBytes: number },
): Promise<Buffer> {
  if (sizeBytes > maxBytes) throw new ReelmillError('segment_refused', 'The file is too large.')
  return buffer(await storage.get(key))
}

type Kept = { readonly private_payload: Readonly<Record<string, unknown>> }

/** True of a job whose result is a piece. */
export function isPieceJob({ private_payload }: Kept): boolean {
  return Object.hasOwn(private_payload, 'piece')
}

/** What it takes to cut a job's piece out of its source, and to take it back. */
export function findPieceOrder(version: PlannedVersion, job: JobRow): PieceOrder {
  const { plan, media } = version
  // Sound: what planning ordered, kept as it was (plan-piece-jobs.ts).
  const ordered = job.private_payload['piece'] as Piece
  const rendition = plan.video.find(({ name }) => name === ordered.rendition)
  if (!plan.grid || !plan.picture || !media.video || !rendition) {
    throw new ReelmillError('internal', 'The piece is in no plan.')
  }
  return {
    input: { ...describeInput(media), videoStream: media.video.index },
    grid: plan.grid,
    picture: plan.picture,
    rendition,
    piece: ordered,
  }
}
