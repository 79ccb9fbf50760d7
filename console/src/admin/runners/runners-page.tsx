import { PageHead } from '../../ui/page-head.tsx'

/** The fleet. */
export default function RunnersPage() {
  return <PageHead title="Runners" />
}
