import { sql } from 'kysely'
import type { MediaInfo } from '#media/probe/media-info.ts'
import { canBeCutIntoPieces, canBeRenderedIntoPieces } from '#stages/planning/pieces.ts'
import type { ChunkPlan } from '#stages/planning/plan.ts'
import { countPresent } from './count-fleet.ts'
import { lockVersion } from './jobs-done.ts'
import type { Parts } from './parts.ts'
import { replan } from './replan.ts'
import { loadVersion } from './version.ts'

/** Runners come and go for moments; who is away for so long is not waited for. */
const patienceSeconds = 30

/**
 * Plans versions again that were planned for runners of ours where only others are: of ours' share
 * nobody has taken anything. Pieces that others made meanwhile are made again, for their renditions
 * get other neighbours; the alternative is to wait for a runner that may never come back. The other
 * way round needs nothing, since ours do the work of the others too. To be called now and then; any
 * number of servers may.
 */
export async function replanForFleet(parts: Parts): Promise<void> {
  const { own, stock } = await countPresent(parts)
  if (own > 0 || stock === 0) return
  for (const { id } of await findUntouched(parts)) {
    await parts.database.transaction().execute(async (tx) => {
      await lockVersion(tx, id)
      const { media, plan, state } = await loadVersion(tx, id)
      if (state !== 'encoding' || plan?.kind !== 'chunks' || !media) return
      if (couldBePieces(plan, media)) await replan(parts, tx, id)
    })
  }
}

/** Else the new plan would be the old one, again and again. */
function couldBePieces({ grid, piecesUnfit }: ChunkPlan, media: MediaInfo): boolean {
  if (piecesUnfit !== undefined) return false
  if (!grid) return true
  return canBeCutIntoPieces(media, grid) === true || canBeRenderedIntoPieces(media, grid)
}

/** Versions whose work for our runners nobody ever took, in nobody's hands and seen by no viewer. */
function findUntouched({ database }: Parts) {
  return database
    .selectFrom('versions')
    .select('id')
    .where('state', '=', 'encoding')
    .where('updated_at', '<', sql<Date>`now() - make_interval(secs => ${patienceSeconds})`)
    .where(
      sql<boolean>`exists (select from jobs where version_id = versions.id
                              and type in ('vod-chunk-encoding', 'vod-audio-encoding'))`,
    )
    .where('playable_at', 'is', null)
    .where(
      sql<boolean>`not exists (select from jobs where version_id = versions.id
                                  and (state in ('processing', 'completing')
                                    or type in ('vod-chunk-encoding', 'vod-audio-encoding')
                                      and (state <> 'pending' or failures > 0)))`,
    )
    .limit(100)
    .execute()
}
