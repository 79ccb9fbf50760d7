import { LogIn, Upload } from 'lucide-react'
import type { ReactNode } from 'react'
import { Link, useLocation } from 'react-router'
import { hasRole, useSession } from '../api/session.ts'
import { AccountMenu } from '../ui/account-menu.tsx'
import { ButtonLink } from '../ui/button.tsx'
import { LiveMark } from '../ui/live-mark.tsx'
import { Logo } from '../ui/logo.tsx'
import { wayToLogin } from './people/way-back.ts'
import styles from './site-shell.module.css'
import { SiteUploads } from './upload/site-uploads.tsx'
import { useMayStop } from './upload/use-may-stop.ts'

/** What stands around every page of the site. */
export function SiteShell({ children }: { readonly children: ReactNode }) {
  const { data: session } = useSession()
  const here = useLocation()
  const mayStop = useMayStop()
  return (
    <SiteUploads>
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
        {session === null && here.pathname !== '/login' ? (
          <ButtonLink to={wayToLogin(here)} icon={<LogIn />}>
            Log in
          </ButtonLink>
        ) : null}
        <AccountMenu other="console" mayLogOut={mayStop} />
      </header>
      <main className={styles['main']}>{children}</main>
    </SiteUploads>
  )
}
