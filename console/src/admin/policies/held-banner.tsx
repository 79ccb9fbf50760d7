import { Link, useLocation } from 'react-router'
import { Banner } from '../../ui/states.tsx'
import styles from './policies.module.css'
import { isHolding, sayWaiting, words } from './policy-words.ts'
import { type Policy, usePolicies } from './use-policies.ts'

/** Says on every page of the console what stands still because somebody wanted it so. */
export function HeldBanner() {
  const { data: policies = [] } = usePolicies()
  const { pathname } = useLocation()
  const holding = policies.filter(isHolding)
  // The page itself says it beside each.
  if (holding.length === 0 || pathname === '/policies') return null
  return (
    <div className={styles['held']}>
      <Banner tone="warn" action={<Link to="/policies">Policies</Link>}>
        {holding.map(describe).join(' ')}
      </Banner>
    </div>
  )
}

function describe(policy: Policy): string {
  const what =
    policy.key === 'terminateAll' ? 'All runners end' : `${words[policy.key].name} is off`
  const waiting = sayWaiting(policy)
  return waiting === null ? `${what}.` : `${what}: ${waiting}.`
}
