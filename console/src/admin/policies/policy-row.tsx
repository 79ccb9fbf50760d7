import { RotateCcw } from 'lucide-react'
import { Badge } from '../../ui/badge.tsx'
import { IconButton } from '../../ui/button.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { NumberControl } from './number-control.tsx'
import styles from './policies.module.css'
import { isHolding, sayValue, sayWaiting, words } from './policy-words.ts'
import { SwitchControl } from './switch-control.tsx'
import { type Policy, useChangePolicy } from './use-policies.ts'

/** A policy: what it does, what it holds back, and how it is changed. */
export function PolicyRow({
  policy,
  locked,
}: {
  readonly policy: Policy
  readonly locked: boolean
}) {
  const { key, value } = policy
  const change = useChangePolicy(key)
  const { name, sentence } = words[key]
  const controls = { policy, disabled: locked || change.isPending, onChange: change.mutate }
  return (
    <li className={styles['row']}>
      <div className={styles['words']}>
        <p className={styles['name']}>
          {name} <code className={styles['key']}>{key}</code>
          <Effect policy={policy} />
        </p>
        <p className={styles['sentence']}>{sentence}</p>
        <Origin policy={policy} />
      </div>
      <div className={styles['control']}>
        {!locked && value !== policy.default ? (
          <IconButton
            label={`Back to the default of ${name}: ${sayValue(key, policy.default)}`}
            size="small"
            disabled={change.isPending}
            onClick={() => change.mutate(null)}
          >
            <RotateCcw />
          </IconButton>
        ) : null}
        {typeof value === 'boolean' ? (
          <SwitchControl {...controls} value={value} />
        ) : (
          <NumberControl {...controls} value={value} />
        )}
      </div>
    </li>
  )
}

/** What stands still because of it. */
function Effect({ policy }: { readonly policy: Policy }) {
  if (!isHolding(policy)) return null
  const waiting = sayWaiting(policy)
  return (
    <Badge tone="warn" dot>
      {waiting === null ? 'Nothing waits yet' : `${waiting} because of this`}
    </Badge>
  )
}

function Origin({ policy: { updatedBy, updatedAt } }: { readonly policy: Policy }) {
  if (updatedBy === null) return null
  return (
    <p className={styles['origin']}>
      Changed <TimeAgo at={updatedAt} /> by {updatedBy}
    </p>
  )
}
