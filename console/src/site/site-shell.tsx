import { Upload } from 'lucide-react'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { hasRole, useSession } from '../api/session.ts'
import { AccountMenu } from '../ui/account-menu.tsx'
import { ButtonLink } from '../ui/button.tsx'
import { LiveMark } from '../ui/live-mark.tsx'
import { Logo } from '../ui/logo.tsx'
import styles from './site-shell.module.css'

/** What stands around every page of the site. */
export function SiteShell({ children }: { readonly children: ReactNode }) {
  const { data: session } = useSession()
  return (
    <>
      <LiveMark />
      <header className={styles['bar']}>
        <Link to="/" className={styles['home']}>
          <Logo />
        </Link>
        <div className={styles['space']} />
        {hasRole(session, 'uploader') ? (
          <ButtonLink to="/upload" look="primary" icon={<Upload />}>
            Upload
          </ButtonLink>
        ) : null}
        <AccountMenu other="console" />
      </header>
      <main className={styles['main']}>{children}</main>
    </>
  )
}
