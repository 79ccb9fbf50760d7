import { PageHead } from '../../ui/page-head.tsx'

/** What outputs are wanted. */
export default function ProfilesPage() {
  return <PageHead title="Profiles" />
}
