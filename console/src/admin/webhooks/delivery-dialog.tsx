import { RotateCw } from 'lucide-react'
import { Link } from 'react-router'
import { client, read } from '../../api/client.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Failure, Skeleton } from '../../ui/states.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { DeliveryCalls } from './delivery-calls.tsx'
import { type DeliveryDetails, useDelivery, useDoing } from './use-webhooks.ts'
import { deliveryStates, formats } from './webhook-words.ts'
import styles from './webhooks.module.css'

/** A delivery: what was sent, every call with its answer, and once more. */
export function DeliveryDialog({
  id,
  onClose,
}: {
  /** null: closed. */
  readonly id: string | null
  readonly onClose: () => void
}) {
  const { data: delivery, error, refetch } = useDelivery(id)
  const replay = useDoing({
    run: (each: string) =>
      read(
        client.POST('/api/v1/webhooks/deliveries/{id}/replay', { params: { path: { id: each } } }),
      ),
    done: () => 'It is sent again',
    failed: 'It was not sent again',
  })
  return (
    <Dialog
      open={id !== null}
      onClose={onClose}
      size="large"
      title={delivery ? delivery.type : 'Delivery'}
      foot={
        <>
          <Button onClick={onClose}>Close</Button>
          <Button
            look="primary"
            icon={<RotateCw />}
            busy={replay.isPending}
            disabled={!delivery || delivery.state === 'pending'}
            onClick={() => delivery && replay.mutate(delivery.id)}
          >
            Send again
          </Button>
        </>
      }
    >
      {error && !delivery ? <Failure error={error} onRetry={() => void refetch()} /> : null}
      {!delivery && !error ? <Skeleton height="16rem" /> : null}
      {delivery ? <Details delivery={delivery} /> : null}
    </Dialog>
  )
}

function Details({ delivery }: { readonly delivery: DeliveryDetails }) {
  const { state, url, format, videoId, messageId, attempts, error, body, calls } = delivery
  const { word, tone } = deliveryStates[state]
  return (
    <>
      <Facts
        facts={[
          [
            'State',
            <Badge key="state" tone={tone} dot>
              {word}
            </Badge>,
          ],
          ['Why', state === 'delivered' ? null : error],
          ['Address', <span key="url">{url}</span>],
          ['Video', videoId ? <Link to={`/videos/${videoId}`}>{videoId}</Link> : null],
          ['Format', formats[format]],
          ['Message', <code key="id">{messageId}</code>],
          ['Happened', <TimeAgo key="at" at={delivery.happenedAt} />],
          ['Tries', String(attempts)],
          [
            'Next try',
            delivery.nextAttemptAt ? <TimeAgo key="next" at={delivery.nextAttemptAt} /> : null,
          ],
        ]}
      />
      <section>
        <h3>Body</h3>
        {body === null ? (
          <p className={styles['below']}>It is written with the first call.</p>
        ) : (
          // Whoever has only keys must be able to scroll it.
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          <pre className={styles['code']} tabIndex={0}>
            {pretty(body)}
          </pre>
        )}
      </section>
      <DeliveryCalls calls={calls} />
    </>
  )
}

/** JSON with its lines; anything else as it is. */
function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    // Shown as it was sent.
    return body
  }
}
