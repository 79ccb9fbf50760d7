import { PageHead } from '../../ui/page-head.tsx'

/** What runners are to do, do and did. */
export default function JobsPage() {
  return <PageHead title="Jobs" />
}
