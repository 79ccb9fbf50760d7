/** A failed try of a job. */
export interface Try {
  /** null: nobody knows any more. */
  readonly runnerId: number | null
  /** Its runner is set aside now: more likely the runner than the job. */
  readonly isRunnerSetAside: boolean
  /** The runner lost its server or was taken away with it: says nothing of the job. */
  readonly isServersFault: boolean
}

interface Case {
  /** Trying again cannot help. */
  readonly isFinal: boolean
  /** Failures at which a job is given up; 0 or 1: the first is final. */
  readonly limit: number
  /** All tries, the one that just failed included. */
  readonly tries: readonly Try[]
  /** Another runner, in good standing and there, could do it. */
  readonly couldOthers: boolean
}

/** However it is counted, a job ends after so many times the limit. */
const patience = 4

/**
 * Whether a job is given up after a try failed. RUNNER_MAX_FAILURE counts what speaks against the
 * job: while others could do it, tries of runners that are set aside do not count, and tries of one
 * runner alone are never enough. What the server did to its runners never counts.
 */
export function isGivenUp({ isFinal, limit, tries, couldOthers }: Case): boolean {
  if (isFinal || tries.length >= Math.max(1, limit) * patience) return true
  const blamed = tries.filter((each) => !each.isServersFault)
  if (limit <= 1) return blamed.length > 0
  const counted = blamed.filter((each) => !(couldOthers && each.isRunnerSetAside))
  if (counted.length < limit) return false
  return !couldOthers || new Set(counted.map(({ runnerId }) => runnerId)).size > 1
}
