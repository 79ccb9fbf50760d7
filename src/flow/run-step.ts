import { isOutage } from '#errors/is-outage.ts'
import { ReelmillError, toErrorRecord, toReelmillError } from '#errors/reelmill-error.ts'
import { advance, failVersion } from './advance.ts'
import type { Parts } from './parts.ts'
import { holdStep } from './policies/hold-step.ts'
import { removeFilesIfDeleted } from './remove-files.ts'
import type { StepState } from './states.ts'
import { steps } from './steps.ts'
import { loadVersion, type Version } from './version.ts'

/** A step in which servers die this often kills them. */
const maxCrashes = 5

interface Attempt {
  /** True when the queue will not try again. */
  readonly last: boolean
  /** Times that a server died in the middle of this step. */
  readonly crashes: number
  readonly signal: AbortSignal
}

/**
 * Does the step of a version and moves it on. A version that is not in that state any more (moved
 * on, cancelled, deleted) is left alone, one that a policy holds back waits in its row. An error that cannot pass by itself fails the version at
 * once; any other is thrown on to the queue, which tries again: until the last time, or for as long as
 * storage or database are away.
 */
export async function runStep(
  parts: Parts,
  state: StepState,
  versionId: string,
  attempt: Attempt,
): Promise<void> {
  const log = parts.log.child({ versionId, step: state })
  const version = await findVersion(parts, versionId)
  if (version?.state !== state || (await holdStep(parts, version, state))) return
  try {
    refuseDeadly(attempt)
    const moved = await takeStep(parts, version, state, attempt.signal)
    if (!moved) await removeFilesIfDeleted(parts, version)
  } catch (error) {
    const known = toReelmillError(error)
    if (known.code === 'video_not_found') return removeFilesIfDeleted(parts, version)
    const isFinal = isEnd(known, attempt)
    log[isFinal ? 'error' : 'warn'](
      { err: error },
      isFinal ? 'the step failed' : 'the step will be tried again',
    )
    if (!isFinal || attempt.signal.aborted) throw error
    const failed = await parts.database
      .transaction()
      .execute((tx) =>
        failVersion(parts, tx, { versionId, from: state, error: toErrorRecord(known) }),
      )
    if (!failed) await removeFilesIfDeleted(parts, version)
  }
}

/** What passes by itself is waited for; anything else is tried some times. */
function isEnd(error: ReelmillError, { last }: Attempt): boolean {
  return !error.retryable || (last && !isOutage(error))
}

/** null when it was deleted: its step has nothing left to do. */
async function findVersion({ database }: Parts, versionId: string): Promise<Version | null> {
  try {
    return await loadVersion(database, versionId)
  } catch (error) {
    if (error instanceof ReelmillError && error.code === 'video_not_found') return null
    throw error
  }
}

/** False when the version was no longer there to be moved on. */
async function takeStep(
  parts: Parts,
  version: Version,
  state: StepState,
  signal: AbortSignal,
): Promise<boolean> {
  const { run, next } = steps[state]
  const { also, ...result } = await run(parts, version, signal)
  return parts.database.transaction().execute(async (tx) => {
    const move = { versionId: version.id, from: state, to: next, ...result }
    const moved = await advance(parts, tx, move)
    if (moved) await also?.(tx)
    return moved
  })
}

function refuseDeadly({ crashes }: Attempt): void {
  if (crashes <= maxCrashes) return
  throw new ReelmillError('step_deadly', 'The server died each time it worked on this video.')
}
