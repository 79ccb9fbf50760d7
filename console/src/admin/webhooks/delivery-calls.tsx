import { Badge } from '../../ui/badge.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { formatTaken } from '../../words/times.ts'
import type { DeliveryDetails } from './use-webhooks.ts'
import styles from './webhooks.module.css'

type Call = DeliveryDetails['calls'][number]

/** Every call of a delivery with its answer, the last first. */
export function DeliveryCalls({ calls }: { readonly calls: readonly Call[] }) {
  return (
    <section>
      <h3>Calls</h3>
      {calls.length === 0 ? <p className={styles['below']}>None was made yet.</p> : null}
      <ol className={styles['calls']}>
        {calls.toReversed().map((call) => (
          <li key={call.at}>
            <p className={styles['call']}>
              <Badge tone={isTaken(call) ? 'good' : 'bad'}>{call.status ?? 'No answer'}</Badge>
              <span>Call {call.number}</span>
              <span className={styles['soft']}>
                <TimeAgo at={call.at} />, took {sayTaken(call.durationMs)}
              </span>
            </p>
            {call.status === null ? <p className={styles['trouble']}>{call.error}</p> : null}
            {call.response ? (
              // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
              <pre className={styles['code']} tabIndex={0} aria-label="The answer">
                {call.response}
              </pre>
            ) : null}
          </li>
        ))}
      </ol>
    </section>
  )
}

/** Most answers take less than a tenth of a second. */
function sayTaken(durationMs: number): string {
  return durationMs < 1000 ? `${durationMs} ms` : formatTaken(durationMs / 1000)
}

function isTaken({ status }: Call): boolean {
  return status !== null && status >= 200 && status < 300
}
