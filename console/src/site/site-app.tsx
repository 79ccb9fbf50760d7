import { MapPinOff } from 'lucide-react'
import { Route, Routes } from 'react-router'
import { ButtonLink } from '../ui/button.tsx'
import { lazyPage } from '../ui/lazy-page.tsx'
import { PageBoundary } from '../ui/page-boundary.tsx'
import { useTitle } from '../ui/page-head.tsx'
import { Empty } from '../ui/states.tsx'
import { SiteShell } from './site-shell.tsx'

const HomePage = lazyPage(() => import('./home/home-page.tsx'))
const UploadPage = lazyPage(() => import('./upload/upload-page.tsx'))
const WatchPage = lazyPage(() => import('./watch/watch-page.tsx'))
const LoginPage = lazyPage(() => import('./people/login-page.tsx'))
const SetupPage = lazyPage(() => import('./people/setup-page.tsx'))
const AccountPage = lazyPage(() => import('./people/account-page.tsx'))

/** The site's pages by their addresses. */
export function SiteApp() {
  return (
    <SiteShell>
      <PageBoundary>
        <Routes>
          <Route path="/" element={<HomePage />} />
          <Route path="/upload" element={<UploadPage />} />
          <Route path="/watch/:id" element={<WatchPage />} />
          <Route path="/login" element={<LoginPage />} />
          <Route path="/setup" element={<SetupPage />} />
          <Route path="/account" element={<AccountPage />} />
          <Route path="*" element={<NoPage />} />
        </Routes>
      </PageBoundary>
    </SiteShell>
  )
}

function NoPage() {
  useTitle('No such page')
  return (
    <>
      <h1 className="hidden-text">No such page</h1>
      <Empty
        icon={<MapPinOff />}
        title="There is no such page."
        action={<ButtonLink to="/">Go to the videos</ButtonLink>}
      >
        Nothing is at this address, or not any more.
      </Empty>
    </>
  )
}
