import { Plus, Webhook as WebhookIcon } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Empty, Failure, Skeleton } from '../../ui/states.tsx'
import { EditDialog } from './edit-dialog.tsx'
import { EndpointTable } from './endpoint-table.tsx'
import { ReplayDialog } from './replay-dialog.tsx'
import { RotateDialog } from './rotate-dialog.tsx'
import type { Shown } from './secret-dialog.tsx'
import { useWebhooks, type Webhook } from './use-webhooks.ts'
import styles from './webhooks.module.css'

/** What is open about a webhook. */
export interface Opened {
  readonly what: 'edit' | 'rotate' | 'replay'
  readonly webhook: Webhook
}

/** Who is told. */
export function EndpointsCard({
  onCreate,
  onSecret,
}: {
  readonly onCreate: () => void
  readonly onSecret: (shown: Shown) => void
}) {
  const { data: webhooks, error, refetch } = useWebhooks()
  const [opened, setOpened] = useState<Opened | null>(null)
  const close = () => setOpened(null)
  const of = (what: Opened['what']) => (opened?.what === what ? opened.webhook : null)
  return (
    <Card title="Endpoints" flush>
      {webhooks === undefined && !error ? (
        <div className={styles['pad']}>
          <Skeleton height="4rem" />
        </div>
      ) : null}
      {error && !webhooks ? <Failure error={error} onRetry={() => void refetch()} /> : null}
      {webhooks?.length === 0 ? (
        <Empty
          title="Nobody is told yet."
          icon={<WebhookIcon />}
          action={
            <Button icon={<Plus />} onClick={onCreate}>
              New webhook
            </Button>
          }
        >
          A webhook calls an address of your application when a video is playable, published or
          failed.
        </Empty>
      ) : null}
      {webhooks && webhooks.length > 0 ? (
        <EndpointTable webhooks={webhooks} onOpen={setOpened} />
      ) : null}
      <EditDialog webhook={of('edit')} onClose={close} />
      <ReplayDialog webhook={of('replay')} onClose={close} />
      <RotateDialog
        webhook={of('rotate')}
        onClose={close}
        onSecret={(shown) => {
          close()
          onSecret(shown)
        }}
      />
    </Card>
  )
}
