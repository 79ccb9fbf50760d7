import { PageHead } from '../../ui/page-head.tsx'

/** Whom the server tells. */
export default function WebhooksPage() {
  return <PageHead title="Webhooks" />
}
