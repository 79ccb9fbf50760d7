import type { Schemas } from '../../api/client.ts'
import { TimeAgo } from '../../ui/time-ago.tsx'
import styles from './job-dialog.module.css'

type Job = Schemas['RunnerJobDetails']
type Failure = NonNullable<Job['failure']>

/** Why a job failed, with the last lines of the program that did. */
export function ErrorBox({ failure }: { readonly failure: Failure }) {
  return (
    <section className={styles['error']} aria-label="Error">
      <p>
        {failure.message} <code>{failure.code}</code>
      </p>
      {hasLines(failure) ? <Lines failure={failure} /> : null}
    </section>
  )
}

/** The tries of a job that failed. */
export function Tries({ tries }: { readonly tries: Job['tries'] }) {
  return (
    <section className={styles['tries']}>
      <h3>Tries that failed</h3>
      <ol>
        {tries.map(({ at, runner, error }) => (
          <li key={`${at} ${runner?.id}`}>
            <p className={styles['head']}>
              <TimeAgo at={at} /> · {runner ? runner.name : 'a runner that is gone'} ·{' '}
              <code>{error.code}</code>
            </p>
            <p>{error.message}</p>
            {hasLines(error) ? (
              <details>
                <summary>Last lines</summary>
                <Lines failure={error} />
              </details>
            ) : null}
          </li>
        ))}
      </ol>
    </section>
  )
}

function hasLines({ details }: Failure): boolean {
  const lines = details?.['ffmpeg']
  return Array.isArray(lines) && lines.length > 0
}

function Lines({ failure: { details } }: { readonly failure: Failure }) {
  const lines = details?.['ffmpeg']
  if (!Array.isArray(lines)) return null
  return (
    // Whoever has only keys must be able to scroll it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <pre tabIndex={0} aria-label="Last lines of the program">
      {lines.map(String).join('\n')}
    </pre>
  )
}
