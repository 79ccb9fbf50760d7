import { Lock, LockOpen } from 'lucide-react'
import { useState } from 'react'
import { hasRole, useSession } from '../../api/session.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Banner, Failure, Skeleton } from '../../ui/states.tsx'
import { ChangesCard } from './changes-card.tsx'
import styles from './policies.module.css'
import { PolicyRow } from './policy-row.tsx'
import { groups } from './policy-words.ts'
import { usePolicies } from './use-policies.ts'

/** What servers and runners may do now: locked until somebody means to change something. */
export default function PoliciesPage() {
  const { data: session } = useSession()
  const [isOpen, setOpen] = useState(false)
  const mayChange = hasRole(session, 'admin')
  const locked = !isOpen || !mayChange
  return (
    <div className={styles['page']}>
      <PageHead
        title="Policies"
        text="What servers and runners may do now."
        actions={
          <Button
            icon={locked ? <Lock /> : <LockOpen />}
            look={locked ? 'primary' : 'secondary'}
            disabled={!mayChange}
            onClick={() => setOpen(locked)}
          >
            {locked ? 'Unlock' : 'Lock'}
          </Button>
        }
      />
      <div className={styles['parts']}>
        {locked ? null : (
          <Banner tone="warn">
            Unlocked. Each change counts at once, on every server and for every runner. Lock the
            page when you are done.
          </Banner>
        )}
        {mayChange ? null : <Banner tone="info">Only administrators change policies.</Banner>}
        <PolicyCards locked={locked} />
        <ChangesCard />
      </div>
    </div>
  )
}

function PolicyCards({ locked }: { readonly locked: boolean }) {
  const { data: policies, error, refetch } = usePolicies()
  if (error && !policies) return <Failure error={error} onRetry={() => void refetch()} />
  return groups.map(({ title, keys }) => (
    <Card key={title} title={title} flush>
      <ul>
        {keys.map((key) => {
          const policy = policies?.find((each) => each.key === key)
          return policy ? (
            <PolicyRow key={key} policy={policy} locked={locked} />
          ) : (
            <li key={key} className={styles['row']}>
              <Skeleton height="3.4rem" />
            </li>
          )
        })}
      </ul>
    </Card>
  ))
}
