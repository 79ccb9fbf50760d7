import { lazy } from 'react'
import { Route, Routes } from 'react-router'
import { PageBoundary } from '../ui/page-boundary.tsx'
import { Empty } from '../ui/states.tsx'
import { AdminShell } from './admin-shell.tsx'

const DashboardPage = lazy(() => import('./dashboard/dashboard-page.tsx'))
const VideosPage = lazy(() => import('./videos/videos-page.tsx'))
const VideoPage = lazy(() => import('./videos/video-page.tsx'))
const JobsPage = lazy(() => import('./jobs/jobs-page.tsx'))
const RunnersPage = lazy(() => import('./runners/runners-page.tsx'))
const ProfilesPage = lazy(() => import('./profiles/profiles-page.tsx'))
const WebhooksPage = lazy(() => import('./webhooks/webhooks-page.tsx'))
const PoliciesPage = lazy(() => import('./policies/policies-page.tsx'))
const PeoplePage = lazy(() => import('./people/people-page.tsx'))
const SystemPage = lazy(() => import('./system/system-page.tsx'))

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
