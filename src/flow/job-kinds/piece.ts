import { buffer } from 'node:stream/consumers'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { JobRow } from '#jobs/job.ts'
import type { Piece, PieceOrder } from '#jobs/piece.ts'
import { joinPiece, refuseLargePiece } from '#stages/encoding/pieces/join-piece.ts'
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
    const { key, sizeBytes } = stagedFile(completion, 'videoFile')
    refuseLargePiece(order, sizeBytes)
    const file = await buffer(await parts.storage.get(key))
    const { init, segment, inspected } = joinPiece(order, file)
    const { rendition: track, segment: number } = order.piece
    return async (tx) => {
      await keepInit(parts, tx, job, { track, init })
      await keepSegment(tx, job, {
        track,
        number,
        sizeBytes: segment.length,
        inspected,
        store: (finalKey) => parts.storage.put(finalKey, segment),
      })
      if (number === 0) await announcePlayable(tx, job.version_id)
    }
  },
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
