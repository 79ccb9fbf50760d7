import { Inbox } from 'lucide-react'
import { useSearchParams } from 'react-router'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Empty, Failure, Skeleton } from '../../ui/states.tsx'
import { DeliveryDialog } from './delivery-dialog.tsx'
import { DeliveryFilters } from './delivery-filters.tsx'
import { DeliveryTable } from './delivery-table.tsx'
import { type Delivery, type DeliveryFilter, useDeliveries, useWebhooks } from './use-webhooks.ts'
import styles from './webhooks.module.css'

/** What was told and is to be told; what is shown stands in the page's address. */
export function DeliveriesCard() {
  const [params, setParams] = useSearchParams()
  const set = (changes: Readonly<Record<string, string | null>>) =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before)
        for (const [name, value] of Object.entries(changes)) {
          if (value === null || value === '') next.delete(name)
          else next.set(name, value)
        }
        return next
      },
      { replace: true },
    )
  return (
    <Card title="Deliveries" actions={<DeliveryFilters params={params} onChange={set} />} flush>
      <DeliveryList filter={readFilter(params)} onOpen={(id) => set({ delivery: id })} />
      <DeliveryDialog id={params.get('delivery')} onClose={() => set({ delivery: null })} />
    </Card>
  )
}

function readFilter(params: URLSearchParams): DeliveryFilter {
  const [webhookId, videoId] = [params.get('webhook'), params.get('video')]
  const [state, type] = [params.get('state'), params.get('type')]
  return {
    ...(webhookId ? { webhookId } : {}),
    ...(videoId ? { videoId } : {}),
    ...(state ? { state: state as Delivery['state'] } : {}),
    ...(type ? { type } : {}),
  }
}

function DeliveryList({
  filter,
  onOpen,
}: {
  readonly filter: DeliveryFilter
  readonly onOpen: (id: string) => void
}) {
  const { data: webhooks = [] } = useWebhooks()
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } =
    useDeliveries(filter)
  if (error && !data) return <Failure error={error} onRetry={() => void refetch()} />
  if (!data) {
    return (
      <div className={styles['pad']}>
        <Skeleton height="10rem" />
      </div>
    )
  }
  const deliveries = data.pages.flatMap((page) => page.deliveries)
  if (deliveries.length === 0) {
    const isFiltered = Object.keys(filter).length > 0
    return (
      <Empty title={isFiltered ? 'Nothing fits.' : 'Nothing was told yet.'} icon={<Inbox />}>
        {isFiltered
          ? 'Look with other filters.'
          : 'Each event of a video is listed here for each webhook that is told of it.'}
      </Empty>
    )
  }
  return (
    <>
      <DeliveryTable deliveries={deliveries} webhooks={webhooks} onOpen={onOpen} />
      {hasNextPage ? (
        <div className={styles['more']}>
          <Button busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Show more
          </Button>
        </div>
      ) : null}
    </>
  )
}
