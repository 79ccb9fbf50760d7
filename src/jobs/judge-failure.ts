/** A failed try of a job. */
export interface Try {
  /** null: nobody knows any more. */
  readonly runnerId: number | null
  /** Its runner is set aside now: more likely the runner than the job. */
  readonly isRunnerSetAside: boolean
  /** The runner lost its server or was taken away with it: says nothing of the job. */
  readonly isServersFault: boolean
}

/**
 * Whether trying again can help: `open`; a runner claims that it cannot, as when it finds the file
 * damaged; or that is settled, because the server saw it.
 */
export type Prospect = 'open' | 'claimed' | 'settled'

interface Case {
  readonly prospect: Prospect
  /** Failures at which a job is given up; 0 or 1: the first is final. */
  readonly limit: number
  /** All tries, the one that just failed first. */
  readonly tries: readonly Try[]
  /** Another runner, in good standing and there, could do it. */
  readonly couldOthers: boolean
}

/** However it is counted, a job ends after so many times the limit. */
const patience = 4

/**
 * Whether a job is given up after a try failed. The limit (failureTolerance) counts what speaks against the
 * job: while others could do it, tries of runners that are set aside do not count, and tries of one
 * runner alone are never enough. What the server did to its runners never counts.
 *
 * A runner is half trusted: one with a broken ffmpeg finds every file damaged. So what it claims ends
 * the job at once only where nobody else could have another look, or somebody else failed too.
 */
export function isGivenUp({ prospect, limit, tries, couldOthers }: Case): boolean {
  if (prospect === 'settled' || tries.length >= Math.max(1, limit) * patience) return true
  const blamed = tries.filter((each) => !each.isServersFault)
  const isAgreed = blamed.some(({ runnerId }) => runnerId !== tries[0]?.runnerId)
  if (prospect === 'claimed' && (!couldOthers || isAgreed)) return true
  if (limit <= 1) return blamed.length > 0
  const counted = blamed.filter((each) => !(couldOthers && each.isRunnerSetAside))
  if (counted.length < limit) return false
  return !couldOthers || new Set(counted.map(({ runnerId }) => runnerId)).size > 1
}
