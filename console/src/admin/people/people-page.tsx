import { PageHead } from '../../ui/page-head.tsx'

/** Who may do what. */
export default function PeoplePage() {
  return <PageHead title="Keys and users" />
}
