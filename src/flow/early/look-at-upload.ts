import type { Transaction } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { createJobs } from '#jobs/create.ts'
import { openFile } from '#media/probe/opened-source.ts'
import { type ChunkPlan, isEarlyPlan } from '#stages/planning/plan.ts'
import { type ArrivingSource, planEarly } from '#stages/planning/plan-early.ts'
import { type ChunkProfile, isWholeFileProfile } from '#stages/planning/profile.ts'
import type { Fleet } from '#stages/planning/share-renditions.ts'
import { type ExaminedPrefix, examinePrefix } from '#stages/probing/examine-prefix.ts'
import { chooseProfileOfVideo } from '../choose-profile.ts'
import { countPresent } from '../count-fleet.ts'
import { lockVersion } from '../lock-version.ts'
import type { Parts } from '../parts.ts'
import { programsOf } from '../programs.ts'
import { withScratch } from '../scratch.ts'
import { receivedBytes } from '../uploads/upload.ts'
import { loadVersion, type Version } from '../version.ts'
import { continuesCopy, earlyCopyKey } from './early-copy.ts'
import { markEarly } from './early-job.ts'
import type { ArrivingUpload } from './list-arriving.ts'
import { stopEarlyWork } from './stop-early-work.ts'

/** All of it is copied at each look: twice the file at most, all copies together. */
const copyGrowth = 2

/**
 * Looks into what has arrived of an upload and orders what can be made of it: in one transaction, on
 * the condition that the upload is still going on and nobody has ordered as much.
 */
export async function lookAtUpload(
  parts: Parts,
  upload: ArrivingUpload,
  signal: AbortSignal,
): Promise<void> {
  const { versionId, sourceKey } = upload
  // More has come while others were looked at.
  const arrivedBytes = (await receivedBytes(parts.database, versionId)) ?? 0
  const path = parts.storage.localPath(sourceKey)
  const fleet = await countPresent(parts)
  const version = await loadVersion(parts.database, versionId)
  if (path === null || fleet.own === 0 || !wantsMore(version, arrivedBytes)) return
  const profile = await findProfile(parts, version)
  if (isWholeFileProfile(profile)) return
  await withScratch(parts, async (scratch) => {
    const source = { ...(await openFile(path)), sizeBytes: arrivedBytes }
    const programs = programsOf(parts)
    const found = await examinePrefix({ source, scratch, limits: parts.config, signal, programs })
    if (!found) return
    const order = { arrivedBytes, profile, fleet, signal }
    await (found.copyPath === null
      ? placeOrder(parts, version, found, order)
      : placeOrderOfCopy(parts, version, { ...found, copyPath: found.copyPath }, order))
  })
}

interface Order {
  readonly arrivedBytes: number
  readonly profile: ChunkProfile
  readonly fleet: Fleet
  readonly signal: AbortSignal
  readonly copyKey?: string
}

/** Orders what there is; false when there was nothing to order. */
function placeOrder(
  parts: Parts,
  { id: versionId }: Version,
  { media, arrived }: ExaminedPrefix,
  { arrivedBytes, profile, fleet, copyKey }: Order,
): Promise<boolean> {
  const copy = copyKey === undefined ? {} : { copyKey }
  const source = { media, arrived, arrivedBytes, ...copy }
  return parts.database
    .transaction()
    .execute((tx) => orderEarly(tx, { versionId, source, profile, fleet }, parts))
}

/** Where what has arrived is read from a copy: it must go on from the one before. */
async function placeOrderOfCopy(
  parts: Parts,
  version: Version,
  found: ExaminedPrefix & { readonly copyPath: string },
  order: Order,
): Promise<void> {
  const { plan } = version
  const { signal, arrivedBytes } = order
  const goesOn =
    plan === null ||
    (isEarlyPlan(plan) && (await continuesCopy(parts, plan, found.copyPath, signal)))
  if (!goesOn) {
    const reason = 'what has arrived is not what it was'
    await parts.database.transaction().execute((tx) => stopEarlyWork(tx, version.id, reason))
    return
  }
  const copyKey = earlyCopyKey(version, arrivedBytes)
  await parts.storage.putFile(copyKey, found.copyPath)
  const isOrdered = await placeOrder(parts, version, found, { ...order, copyKey })
  if (!isOrdered) await parts.storage.delete(copyKey)
}

/** False when it ends meanwhile, when as much was looked at, or when nothing more is to be given out. */
function wantsMore({ state, plan }: Version, arrivedBytes: number): boolean {
  if (state !== 'uploading') return false
  if (plan === null) return true
  if (!isEarlyPlan(plan) || plan.early.stopped !== undefined) return false
  const growth = plan.early.copyKey === undefined ? 1 : copyGrowth
  return arrivedBytes > plan.early.arrivedBytes * growth
}

async function findProfile(parts: Parts, version: Version) {
  const { profile } = await parts.database
    .selectFrom('videos')
    .select('profile')
    .where('id', '=', version.video_id)
    .executeTakeFirstOrThrow()
  return chooseProfileOfVideo(parts, profile)
}

interface Look {
  readonly versionId: string
  readonly source: ArrivingSource
  readonly profile: ChunkProfile
  readonly fleet: Fleet
}

async function orderEarly(
  tx: Transaction<Tables>,
  { versionId, source, profile, fleet }: Look,
  { log }: Parts,
): Promise<boolean> {
  await lockVersion(tx, versionId)
  const version = await loadVersion(tx, versionId)
  if (!wantsMore(version, source.arrivedBytes)) return false
  const before = version.plan && isEarlyPlan(version.plan) ? version.plan : null
  const order = planEarly(source, profile, fleet, before)
  if (!order) return false
  await keepPlan(tx, versionId, order.plan, source)
  if (order.jobs.some(({ type }) => type === 'vod-audio-encoding')) {
    await withdrawSound(tx, versionId)
  }
  const privatePayload = markEarly(source.copyKey)
  const jobs = order.jobs.map((job) => ({ ...job, privatePayload }))
  await createJobs(tx, versionId, jobs)
  const { stopped } = order.plan.early ?? {}
  if (stopped) log.info({ versionId, reason: stopped }, 'nothing more of an upload is made early')
  return stopped === undefined
}

/** Not `updated_at`: that tells when bytes came. */
async function keepPlan(
  tx: Transaction<Tables>,
  versionId: string,
  plan: ChunkPlan,
  { media }: ArrivingSource,
): Promise<void> {
  await tx
    .updateTable('versions')
    .set({ plan: JSON.stringify(plan), media: JSON.stringify(media) })
    .where('id', '=', versionId)
    .execute()
}

/** An order of sound that nobody took is a part of the next one. */
async function withdrawSound(tx: Transaction<Tables>, versionId: string): Promise<void> {
  await tx
    .deleteFrom('jobs')
    .where('version_id', '=', versionId)
    .where('type', '=', 'vod-audio-encoding')
    .where('state', '=', 'pending')
    .execute()
}
