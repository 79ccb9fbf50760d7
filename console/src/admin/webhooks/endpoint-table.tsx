import { Badge } from '../../ui/badge.tsx'
import { classNames } from '../../ui/class-names.ts'
import { cells, Table } from '../../ui/table.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { countOf } from '../../words/amounts.ts'
import { EndpointMenu } from './endpoint-menu.tsx'
import type { Opened } from './endpoints-card.tsx'
import type { Webhook } from './use-webhooks.ts'
import { formats, nameOf, shorten, stateOf } from './webhook-words.ts'
import styles from './webhooks.module.css'

/** Webhooks, a row each, with what can be done with them. */
export function EndpointTable({
  webhooks,
  onOpen,
}: {
  readonly webhooks: readonly Webhook[]
  readonly onOpen: (opened: Opened) => void
}) {
  return (
    <Table label="Webhooks">
      <thead>
        <tr>
          <th>Address</th>
          <th>State</th>
          <th className={cells.roomy}>Events</th>
          <th className={cells.roomy}>Format</th>
          <th className={cells.roomy}>Made</th>
          <th>
            <span className="hidden-text">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {webhooks.map((webhook) => (
          <EndpointRow key={webhook.id} webhook={webhook} onOpen={onOpen} />
        ))}
      </tbody>
    </Table>
  )
}

function EndpointRow({
  webhook,
  onOpen,
}: {
  readonly webhook: Webhook
  readonly onOpen: (opened: Opened) => void
}) {
  const { word, tone } = stateOf(webhook)
  const { description, url, events, format, createdAt } = webhook
  return (
    <tr>
      <td className={classNames(cells.wide, styles['address'])} title={url}>
        <span className={styles['name']}>{nameOf(webhook)}</span>
        {description === '' ? null : <span className={styles['below']}>{shorten(url)}</span>}
        <Trouble webhook={webhook} />
      </td>
      <td className={cells.tight}>
        <Badge tone={tone} dot>
          {word}
        </Badge>
      </td>
      <td className={classNames(cells.tight, cells.roomy)} title={events.join('\n')}>
        {countOf(events.length, 'event')}
      </td>
      <td className={classNames(cells.tight, cells.roomy, cells.soft)}>{formats[format]}</td>
      <td className={classNames(cells.tight, cells.roomy, cells.soft)}>
        <TimeAgo at={createdAt} />
      </td>
      <td className={cells.tight}>
        <EndpointMenu webhook={webhook} onOpen={onOpen} />
      </td>
    </tr>
  )
}

/** Why it is not told, or since when it does not answer. */
function Trouble({ webhook }: { readonly webhook: Webhook }) {
  const { enabled, disabledReason, failingSince, oldSecretExpiresAt } = webhook
  if (!enabled) return <span className={styles['below']}>{disabledReason}</span>
  if (failingSince !== null) {
    return (
      <span className={styles['trouble']}>
        No call was taken since <TimeAgo at={failingSince} />
      </span>
    )
  }
  if (oldSecretExpiresAt === null) return null
  return (
    <span className={styles['below']}>
      The old secret ends <TimeAgo at={oldSecretExpiresAt} />
    </span>
  )
}
