import type { Transaction } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { catalogue, type ErrorCode } from '#errors/catalogue.ts'
import type { ErrorRecord } from '#errors/reelmill-error.ts'
import type { JobRow } from '#jobs/job.ts'
import { isGivenUp, type Prospect } from '#jobs/judge-failure.ts'
import { listTries, type RecordedTry } from '#jobs/list-tries.ts'
import { readPolicies } from '#policies/read.ts'
import { couldOthersDo } from '#runners/others-could.ts'
import { type Ending, type Judgement, judgeRunner } from '#runners/standing.ts'
import {
  type LockedStanding,
  lockStanding,
  lockStandingToPraise,
  writeSkill,
  writeStanding,
} from '#runners/standing-row.ts'
import type { Parts } from './parts.ts'

type Tx = Transaction<Tables>

/** Neither the job nor the runner is to blame: the runner lost its server, or that its own. */
export const serversFaults: ReadonlySet<string> = new Set<ErrorCode>([
  'server_lost',
  'server_unreachable',
  'database_unavailable',
  'storage_unavailable',
  'cancelled',
])

interface Failed {
  readonly error: ErrorRecord
  readonly prospect: Prospect
}

/**
 * A try of a job failed: writes what that says of its runner, and tells whether the job is given up.
 * `tx` holds the job's row, with the failure not yet in it.
 */
export async function judgeFailure(
  parts: Parts,
  tx: Tx,
  job: JobRow,
  { error, prospect }: Failed,
): Promise<boolean> {
  const { runner_id: runnerId, type, encoders } = job
  const earlier = await listTries(tx, job)
  const couldOthers = await couldOthersDo(tx, { besides: runnerId, type, encoders })
  const circumstances = { error, prospect, earlier, couldOthers }
  const isSetAside = await judgeFailedRunner(parts, tx, job, circumstances)
  const current: RecordedTry = { runnerId, code: error.code, isRunnerSetAside: isSetAside }
  const tries = [current, ...earlier].map((each) => ({
    ...each,
    isRunnerSetAside: each.runnerId === runnerId ? isSetAside : each.isRunnerSetAside,
    isServersFault: serversFaults.has(each.code),
  }))
  const { failureTolerance: limit } = await readPolicies(tx, parts.config)
  return isGivenUp({ prospect, limit, tries, couldOthers })
}

/** A result was checked and found good: whoever was set aside is back. `tx` holds the job's row. */
export async function judgeSuccess(
  parts: Parts,
  tx: Tx,
  { runner_id: runnerId, type }: Pick<JobRow, 'runner_id' | 'type'>,
): Promise<void> {
  if (runnerId === null) return
  const standing = await lockStandingToPraise(tx, runnerId, type)
  if (!standing) return
  await writeSkill(tx, runnerId, type)
  const judged = judgeRunner(standing, { kind: 'success' })
  if (!judged) return
  const isBack = judged.state !== standing.state
  await writeStanding(tx, runnerId, judged, isBack ? 'A trial succeeded.' : null)
  if (isBack) parts.log.info({ runner: standing.name }, 'a runner is back: its trial succeeded')
}

interface Circumstances extends Failed {
  readonly earlier: readonly RecordedTry[]
  readonly couldOthers: boolean
}

/** Returns whether the runner is set aside now. */
async function judgeFailedRunner(
  parts: Parts,
  tx: Tx,
  { runner_id: runnerId, started_at: startedAt }: JobRow,
  { error, prospect, earlier, couldOthers }: Circumstances,
): Promise<boolean> {
  const standing = runnerId === null ? null : await lockStanding(tx, runnerId)
  if (runnerId === null || !standing) return false
  const telling = earlier.filter(({ code }) => !serversFaults.has(code))
  const ending: Ending = {
    kind: 'failure',
    startedAt: startedAt ?? standing.now,
    endedAt: standing.now,
    isLost: error.code === 'runner_lost',
    isRunnersFault: isRunnersFault(error.code, prospect === 'claimed' && couldOthers),
    isRepeated: telling.some((each) => each.runnerId === runnerId),
    isSharedByOthers: telling.some((each) => each.runnerId !== runnerId),
    othersCould: couldOthers,
  }
  const judged = judgeRunner(standing, ending)
  if (!judged) return standing.state === 'set_aside'
  const isAside = judged.pauseMs !== null
  const reason = `Its jobs failed one after the other; the last: ${error.message.slice(0, 300)}`
  await writeStanding(tx, runnerId, judged, isAside ? reason : null)
  if (isAside) tellSetAside(parts, standing, judged, error)
  return judged.state === 'set_aside'
}

/** A claim that others are to look into speaks against the runner until one of them agrees. */
function isRunnersFault(code: ErrorCode, isDoubted: boolean): boolean {
  if (serversFaults.has(code)) return false
  const { blame } = catalogue[code]
  return isDoubted || (blame !== 'media' && blame !== 'caller')
}

function tellSetAside(
  { log }: Parts,
  { name }: LockedStanding,
  { pauseMs, setAsides }: Judgement,
  error: ErrorRecord,
): void {
  const facts = { runner: name, trialInSeconds: (pauseMs ?? 0) / 1000, times: setAsides, error }
  log.warn(facts, 'a runner is set aside: its jobs failed fast and one after the other')
}
