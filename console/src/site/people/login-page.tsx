import { PageHead } from '../../ui/page-head.tsx'

/** Who one is. */
export default function LoginPage() {
  return <PageHead title="Log in" />
}
