import { Route, Routes } from 'react-router'
import { lazyPage } from '../ui/lazy-page.tsx'
import { PageBoundary } from '../ui/page-boundary.tsx'
import { Empty } from '../ui/states.tsx'
import { AdminShell } from './admin-shell.tsx'

const DashboardPage = lazyPage(() => import('./dashboard/dashboard-page.tsx'))
const VideosPage = lazyPage(() => import('./videos/videos-page.tsx'))
const VideoPage = lazyPage(() => import('./videos/video-page.tsx'))
const JobsPage = lazyPage(() => import('./jobs/jobs-page.tsx'))
const RunnersPage = lazyPage(() => import('./runners/runners-page.tsx'))
const ProfilesPage = lazyPage(() => import('./profiles/profiles-page.tsx'))
const WebhooksPage = lazyPage(() => import('./webhooks/webhooks-page.tsx'))
const PoliciesPage = lazyPage(() => import('./policies/policies-page.tsx'))
const PeoplePage = lazyPage(() => import('./people/people-page.tsx'))
const SystemPage = lazyPage(() => import('./system/system-page.tsx'))

/** The operators' pages by their addresses. */
export function AdminApp() {
  return (
    <AdminShell>
      <PageBoundary>
        <Routes>
          <Route path="/" element={<DashboardPage />} />
          <Route path="/videos" element={<VideosPage />} />
          <Route path="/videos/:id" element={<VideoPage />} />
          <Route path="/jobs" element={<JobsPage />} />
          <Route path="/runners" element={<RunnersPage />} />
          <Route path="/profiles/*" element={<ProfilesPage />} />
          <Route path="/webhooks/*" element={<WebhooksPage />} />
          <Route path="/policies" element={<PoliciesPage />} />
          <Route path="/people" element={<PeoplePage />} />
          <Route path="/system" element={<SystemPage />} />
          <Route
            path="*"
            element={<Empty title="There is no such page.">Look at the address.</Empty>}
          />
        </Routes>
      </PageBoundary>
    </AdminShell>
  )
}
