import type { RunnerState } from '#database/tables.ts'

/** What decides whether a runner is given work; columns of its row. */
export interface Standing {
  readonly state: RunnerState
  readonly stateSince: Date
  /** Failures in a row that count here, without a success between. */
  readonly quickFailures: number
  /** Times in a row that it was set aside, without a success between. */
  readonly setAsides: number
}

/** How a job ended in a runner's hands. */
export type Ending =
  /** Its result was checked. */
  | { readonly kind: 'success' }
  | {
      readonly kind: 'failure'
      readonly startedAt: Date
      readonly endedAt: Date
      /** It fell silent: whoever does that does not come for more at once. */
      readonly isLost: boolean
      /** Neither the media nor the server was to blame. */
      readonly isRunnersFault: boolean
      /** This runner failed at this very job before: that says more of the job than of it. */
      readonly isRepeated: boolean
      /** Another runner failed at it too. */
      readonly isSharedByOthers: boolean
      /** Another runner, in good standing and there, could do such jobs. */
      readonly othersCould: boolean
    }

/** What becomes of a runner's standing; `pauseMs` until it may try one job, where it was set aside. */
export interface Judgement extends Omit<Standing, 'stateSince'> {
  readonly pauseMs: number | null
}

/** Shorter than most jobs: who fails faster than others work would draw all work to itself. */
const quickMs = 30_000
/** A few may be bad luck or bad videos; a runner without a working ffmpeg gets there in seconds. */
const quickFailuresAtMost = 5
const firstPauseMs = 60_000
const longestPauseMs = 3_600_000

/**
 * What a runner's standing is after a job ended; null when nothing changes. A runner that fails fast
 * and often is set aside, for it would attract all work (security.md 3); but never where nobody else
 * could do it, for then everything would only wait. While it is set aside a success brings it back,
 * and a failed trial doubles its pause. An operator's own word, draining or disabled, is not touched.
 */
export function judgeRunner(standing: Standing, ending: Ending): Judgement | null {
  if (ending.kind === 'success') return judgeSuccess(standing)
  if (!ending.isRunnersFault) return null
  if (standing.state === 'set_aside') return judgeTrial(standing, ending.startedAt)
  if (!isTelling(ending)) return null
  const quickFailures = standing.quickFailures + 1
  const isEnough = quickFailures >= quickFailuresAtMost && ending.othersCould
  if (standing.state === 'active' && isEnough) return setAside(standing)
  return { state: standing.state, setAsides: standing.setAsides, quickFailures, pauseMs: null }
}

/** Whether a failure says more of the runner than of the job. */
function isTelling(failure: Extract<Ending, { kind: 'failure' }>): boolean {
  const { startedAt, endedAt, isLost, isRepeated, isSharedByOthers } = failure
  const isQuick = endedAt.getTime() - startedAt.getTime() < quickMs
  return isQuick && !isLost && !isRepeated && !isSharedByOthers
}

function judgeSuccess({ state, quickFailures, setAsides }: Standing): Judgement | null {
  if (state !== 'set_aside' && quickFailures === 0 && setAsides === 0) return null
  const next = state === 'set_aside' ? 'active' : state
  return { state: next, quickFailures: 0, setAsides: 0, pauseMs: null }
}

/** What it took before it was set aside was no trial: eight slots must not double its pause eight times. */
function judgeTrial(standing: Standing, startedAt: Date): Judgement | null {
  return startedAt < standing.stateSince ? null : setAside(standing)
}

function setAside({ setAsides }: Standing): Judgement {
  const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** setAsides)
  return { state: 'set_aside', quickFailures: 0, setAsides: setAsides + 1, pauseMs }
}
