import { Badge } from '../../ui/badge.tsx'
import { classNames } from '../../ui/class-names.ts'
import { cells, Table } from '../../ui/table.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import type { Delivery, Webhook } from './use-webhooks.ts'
import { deliveryStates, nameOf, shorten } from './webhook-words.ts'
import styles from './webhooks.module.css'

/** Deliveries, a row each, which opens the whole of it. */
export function DeliveryTable({
  deliveries,
  webhooks,
  onOpen,
}: {
  readonly deliveries: readonly Delivery[]
  readonly webhooks: readonly Webhook[]
  readonly onOpen: (id: string) => void
}) {
  return (
    <Table label="Deliveries">
      <thead>
        <tr>
          <th>Event</th>
          <th className={cells.roomy}>Receiver</th>
          <th>State</th>
          <th className={classNames(cells.number, cells.roomy)}>Tries</th>
          <th>Happened</th>
          <th className={cells.roomy}>Next try</th>
        </tr>
      </thead>
      <tbody>
        {deliveries.map((delivery) => (
          <DeliveryRow
            key={delivery.id}
            delivery={delivery}
            receiver={nameReceiver(delivery, webhooks)}
            onOpen={onOpen}
          />
        ))}
      </tbody>
    </Table>
  )
}

/** One that goes to a video's own address has no endpoint. */
function nameReceiver({ webhookId, url }: Delivery, webhooks: readonly Webhook[]): string {
  const webhook = webhooks.find(({ id }) => id === webhookId)
  return webhook ? nameOf(webhook) : shorten(url)
}

function DeliveryRow({
  delivery: { id, type, state, attempts, happenedAt, nextAttemptAt, error, url },
  receiver,
  onOpen,
}: {
  readonly delivery: Delivery
  readonly receiver: string
  readonly onOpen: (id: string) => void
}) {
  const { word, tone } = deliveryStates[state]
  return (
    <tr>
      <td className={cells.tight}>
        <button type="button" className={styles['open']} onClick={() => onOpen(id)}>
          {type}
        </button>
        <span className={styles['receiver']}>{receiver}</span>
      </td>
      <td className={classNames(cells.wide, cells.roomy)} title={url}>
        {receiver}
        {error === null || state === 'delivered' ? null : (
          <span className={styles['trouble']}>{error}</span>
        )}
      </td>
      <td className={cells.tight}>
        <Badge tone={tone} dot>
          {word}
        </Badge>
      </td>
      <td className={classNames(cells.number, cells.roomy)}>{attempts}</td>
      <td className={classNames(cells.tight, cells.soft)}>
        <TimeAgo at={happenedAt} />
      </td>
      <td className={classNames(cells.tight, cells.roomy, cells.soft)}>
        {nextAttemptAt === null ? '–' : <TimeAgo at={nextAttemptAt} />}
      </td>
    </tr>
  )
}
