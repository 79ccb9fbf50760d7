import { PageHead } from '../../ui/page-head.tsx'

/** What the server rests on. */
export default function SystemPage() {
  return <PageHead title="Storage and health" />
}
