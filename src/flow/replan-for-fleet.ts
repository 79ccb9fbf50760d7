import { sql } from 'kysely'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { ChunkPlan } from '#stages/planning/plan.ts'
import { planVersion } from '#stages/planning/plan-version.ts'
import { isWholeFileProfile, type Profile } from '#stages/planning/profile.ts'
import type { Fleet } from '#stages/planning/share-renditions.ts'
import { chooseProfileOfVideo } from './choose-profile.ts'
import { countPresent } from './count-fleet.ts'
import { lockVersion } from './lock-version.ts'
import type { Parts } from './parts.ts'
import { replan } from './replan.ts'
import { loadVersion, type Version } from './version.ts'

/** Runners come and go for moments; who is away for so long is not waited for. */
const patienceSeconds = 30
/** So many versions are looked at in one go, each in a transaction of its own. */
const atOnce = 100
const beforeAll = '00000000-0000-0000-0000-000000000000'

/**
 * A function that looks at the next versions each time it is called, and begins anew after the last:
 * however many only wait, those behind them have their turn. Any number of servers may.
 */
export function keepReplanning(parts: Parts): () => Promise<void> {
  let after = beforeAll
  return async () => {
    after = await replanForFleet(parts, after)
  }
}

/**
 * Plans versions again that were planned for runners of ours where only others are: of ours' share
 * nobody has taken anything. Pieces that others made meanwhile are made again, for their renditions
 * get other neighbours; the alternative is to wait for a runner that may never come back. The other
 * way round needs nothing, since ours do the work of the others too.
 *
 * @param after - the version after which to begin, in the order of ids.
 * @returns after which to go on.
 */
export async function replanForFleet(parts: Parts, after = beforeAll): Promise<string> {
  const fleet = await countPresent(parts)
  if (fleet.own > 0 || fleet.stock === 0) return beforeAll
  const versions = await findUntouched(parts, after)
  for (const { id } of versions) {
    try {
      await replanIfOthersCould(parts, id, fleet)
    } catch (error) {
      // One that cannot be looked at now must not keep the others; it is met again.
      parts.log.error({ err: error, versionId: id }, 'a video could not be planned again')
    }
  }
  return versions.length < atOnce ? beforeAll : (versions.at(-1)?.id ?? beforeAll)
}

function replanIfOthersCould(parts: Parts, id: string, fleet: Fleet): Promise<void> {
  return parts.database.transaction().execute(async (tx) => {
    await lockVersion(tx, id)
    const version = await loadVersion(tx, id)
    if (version.state !== 'encoding') return
    if (await wouldBePieces(parts, version, fleet)) await replan(parts, tx, id)
  })
}

/**
 * Whether the runners that are there now would be given something that waits for others: the plan is
 * made as it would be. Else the new one would leave the old one's work to the same runners, again and
 * again, as of AV1, of what is lossless and of sound in other than two channels.
 */
async function wouldBePieces(
  parts: Parts,
  { video_id: videoId, media, plan }: Version,
  fleet: Fleet,
): Promise<boolean> {
  if (plan?.kind !== 'chunks' || !media || plan.piecesUnfit !== undefined) return false
  const profile = await findProfileOf(parts, videoId)
  if (profile === null) return false
  if (isWholeFileProfile(profile)) return true
  const before = listPieces(plan)
  return listPieces(planVersion(media, profile, fleet)).some((name) => !before.includes(name))
}

/** null where planning would refuse it: then waiting is better. */
async function findProfileOf(parts: Parts, videoId: string): Promise<Profile | null> {
  const { profile } = await parts.database
    .selectFrom('videos')
    .select('profile')
    .where('id', '=', videoId)
    .executeTakeFirstOrThrow()
  try {
    return await chooseProfileOfVideo(parts, profile)
  } catch (error) {
    if (error instanceof ReelmillError) return null
    throw error
  }
}

/** What runners of whole files make, by its names. */
function listPieces({ video, audio }: ChunkPlan): string[] {
  return [...video, ...audio].filter(({ madeOf }) => madeOf === 'pieces').map(({ name }) => name)
}

/** Versions whose work for our runners nobody ever took, in nobody's hands and seen by no viewer. */
function findUntouched({ database }: Parts, after: string) {
  return database
    .selectFrom('versions')
    .select('id')
    .where('id', '>', after)
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
    .orderBy('id')
    .limit(atOnce)
    .execute()
}
