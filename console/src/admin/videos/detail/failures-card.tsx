import { useState } from 'react'
import { Link } from 'react-router'
import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { TimeAgo } from '../../../ui/time-ago.tsx'
import styles from './detail.module.css'
import { useFailures, type VideoFailure } from './use-video.ts'

const mostShown = 3

/** What went wrong with a video, with the last lines of the log; not there while nothing did. */
export function FailuresCard({ id }: { readonly id: string }) {
  const { data } = useFailures(id)
  const [isAll, setAll] = useState(false)
  if (!data || data.failures.length === 0) return null
  const { failures } = data
  const shown = isAll ? failures : failures.slice(0, mostShown)
  return (
    <Card
      title={`Failures (${failures.length})`}
      flush
      actions={
        failures.length > mostShown ? (
          <Button size="small" look="quiet" onClick={() => setAll(!isAll)}>
            {isAll ? 'Show the latest' : 'Show all'}
          </Button>
        ) : null
      }
    >
      <ol className={styles['failures']}>
        {shown.map((failure, index) => (
          <FailureItem
            key={`${failure.at} ${failure.job?.uuid}`}
            failure={failure}
            isFirst={index === 0}
          />
        ))}
      </ol>
    </Card>
  )
}

function FailureItem({
  failure,
  isFirst,
}: {
  readonly failure: VideoFailure
  readonly isFirst: boolean
}) {
  const { at, version, job, runner, code, message, log, details } = failure
  const facts = Object.entries(details)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
  return (
    <li>
      <div className={styles['failureHead']}>
        <strong>{message}</strong>
        <code>{code}</code>
      </div>
      <p className={styles['soft']}>
        <TimeAgo at={at} />
        {job ? (
          <>
            {' · job '}
            <Link to={`/jobs?job=${job.uuid}`}>{job.label}</Link>
          </>
        ) : (
          ' · the server itself'
        )}
        {runner === null ? '' : ` · runner ${runner}`}
        {version > 1 ? ` · version ${version}` : ''}
      </p>
      {log.length > 0 ? (
        <details open={isFirst}>
          <summary>Last lines of the log</summary>
          {/* Whoever has only keys must be able to scroll it. */}
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
          <pre className={styles['log']} tabIndex={0} role="region" aria-label="Log">
            {log.join('\n')}
          </pre>
        </details>
      ) : null}
      {facts.length > 0 ? <code className={styles['facts']}>{facts.join(', ')}</code> : null}
    </li>
  )
}
