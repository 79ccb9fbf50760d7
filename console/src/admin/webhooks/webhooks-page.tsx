import { Plus } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { CreateDialog } from './create-dialog.tsx'
import { DeliveriesCard } from './deliveries-card.tsx'
import { EndpointsCard } from './endpoints-card.tsx'
import { SecretDialog, type Shown } from './secret-dialog.tsx'
import styles from './webhooks.module.css'

/** Whom the server tells of events, and what became of that. */
export default function WebhooksPage() {
  const [isNew, setNew] = useState(false)
  const [shown, setShown] = useState<Shown | null>(null)
  return (
    <>
      <PageHead
        title="Webhooks"
        text="Addresses that are told what becomes of videos."
        actions={
          <Button look="primary" icon={<Plus />} onClick={() => setNew(true)}>
            New webhook
          </Button>
        }
      />
      <div className={styles['page']}>
        <EndpointsCard onCreate={() => setNew(true)} onSecret={setShown} />
        <DeliveriesCard />
      </div>
      <CreateDialog
        open={isNew}
        onClose={() => setNew(false)}
        onMade={(webhook) => {
          setNew(false)
          setShown(webhook)
        }}
      />
      <SecretDialog shown={shown} onClose={() => setShown(null)} />
    </>
  )
}
