import { PageHead } from '../../ui/page-head.tsx'

/** The videos that one may see. */
export default function HomePage() {
  return <PageHead title="Videos" />
}
