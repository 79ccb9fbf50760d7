import { PageHead } from '../../ui/page-head.tsx'

/** Whether the fleet is well, in one look. */
export default function DashboardPage() {
  return <PageHead title="Dashboard" />
}
