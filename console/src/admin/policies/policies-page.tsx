import { PageHead } from '../../ui/page-head.tsx'

/** What the fleet may do now. */
export default function PoliciesPage() {
  return <PageHead title="Policies" />
}
