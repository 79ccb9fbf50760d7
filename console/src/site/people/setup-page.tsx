import { PageHead } from '../../ui/page-head.tsx'

/** Makes the first administrator. */
export default function SetupPage() {
  return <PageHead title="Set up" />
}
