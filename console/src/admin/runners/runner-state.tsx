import { Badge } from '../../ui/badge.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { runnerStates } from '../../words/runner-states.ts'
import styles from './runners.module.css'
import type { Runner } from './use-runners.ts'

/** It would get work if it were there. */
const away = { word: 'Offline', tone: 'neutral', sentence: 'It is not there.' } as const

/** The state of a runner, and why and until when where it is not what one wishes. */
export function RunnerState({ runner }: { readonly runner: Runner }) {
  const { state, stateReason, trialAt, online } = runner
  const isAway = state === 'active' && !online
  const { word, tone, sentence } = isAway ? away : runnerStates[state]
  return (
    <div className={styles['state']}>
      <Badge tone={tone} dot title={sentence}>
        {word}
      </Badge>
      {state === 'active' ? null : (
        <span className={styles['why']} title={stateReason ?? sentence}>
          {stateReason ?? sentence}
        </span>
      )}
      {state === 'set_aside' && trialAt !== null ? (
        <span className={styles['why']}>
          Next trial <TimeAgo at={trialAt} />
        </span>
      ) : null}
    </div>
  )
}

/** Whether a runner is there: a dot with its word. */
export function OnlineDot({ online }: { readonly online: boolean }) {
  const word = online ? 'Online' : 'Offline'
  return (
    <span
      className={online ? styles['online'] : styles['offline']}
      role="img"
      aria-label={word}
      title={word}
    />
  )
}
