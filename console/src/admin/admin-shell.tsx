import {
  Film,
  Gauge,
  HardDrive,
  ListChecks,
  Menu as MenuIcon,
  Server,
  SlidersHorizontal,
  ToggleRight,
  Users,
  Webhook,
  X,
} from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { NavLink } from 'react-router'
import { addressOf, root } from '../api/root.ts'
import { hasRole, useSession } from '../api/session.ts'
import { AccountMenu } from '../ui/account-menu.tsx'
import { IconButton } from '../ui/button.tsx'
import { classNames } from '../ui/class-names.ts'
import { LiveMark } from '../ui/live-mark.tsx'
import { Logo } from '../ui/logo.tsx'
import { PauseButton } from '../ui/pause-button.tsx'
import { Empty, Failure } from '../ui/states.tsx'
import styles from './admin-shell.module.css'
import { HeldBanner } from './policies/held-banner.tsx'

const places = [
  ['/', 'Dashboard', Gauge],
  ['/videos', 'Videos', Film],
  ['/jobs', 'Jobs', ListChecks],
  ['/runners', 'Runners', Server],
  ['/profiles', 'Profiles', SlidersHorizontal],
  ['/policies', 'Policies', ToggleRight],
  ['/webhooks', 'Webhooks', Webhook],
  ['/people', 'Keys and users', Users],
  ['/system', 'Storage and health', HardDrive],
] as const

/** What stands around every page of the console; the pages themselves are for operators. */
export function AdminShell({ children }: { readonly children: ReactNode }) {
  const { data: session, error, refetch } = useSession()
  // Of a server that does not answer nobody knows yet; to log in would not help.
  const isStranger = session === null
  useEffect(() => {
    if (!isStranger) return
    // From the root on, as the login page wants it.
    const here = `/${location.href.slice(root.href.length)}`
    location.replace(addressOf(`login?next=${encodeURIComponent(here)}`))
  }, [isStranger])
  if (session === undefined && error) {
    return (
      <main className={styles['main']}>
        <Failure error={error} onRetry={() => void refetch()} />
      </main>
    )
  }
  if (session === undefined || isStranger) return null
  if (!hasRole(session, 'operator')) {
    return (
      <Empty title="The console is for operators.">
        <a href={addressOf('')}>Go to the videos</a>
      </Empty>
    )
  }
  return (
    <div className={styles['shell']}>
      <LiveMark />
      <Side />
      <main className={styles['main']}>
        <HeldBanner />
        {children}
      </main>
    </div>
  )
}

function Side() {
  const [isOpen, setOpen] = useState(false)
  return (
    <header className={classNames(styles['side'], isOpen && styles['open'])}>
      <div className={styles['top']}>
        <a href={addressOf('')} className={styles['home']}>
          <Logo />
        </a>
        <div className={styles['tools']}>
          <PauseButton />
          <AccountMenu other="site" />
          <IconButton
            label={isOpen ? 'Close the menu' : 'Open the menu'}
            aria-expanded={isOpen}
            className={styles['toggle']}
            onClick={() => setOpen(!isOpen)}
          >
            {isOpen ? <X /> : <MenuIcon />}
          </IconButton>
        </div>
      </div>
      <nav aria-label="Console" className={styles['nav']}>
        {places.map(([to, name, Icon]) => (
          <NavLink
            key={to}
            to={to}
            end={to === '/'}
            className={styles['place'] ?? ''}
            onClick={() => setOpen(false)}
          >
            <Icon aria-hidden="true" />
            {name}
          </NavLink>
        ))}
      </nav>
    </header>
  )
}
