import { Link, useSearchParams } from 'react-router'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Empty } from '../../ui/states.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { formatSpeed } from '../../words/runner-states.ts'
import { JobsInHand } from './jobs-in-hand.tsx'
import { OnlineDot, RunnerState } from './runner-state.tsx'
import styles from './runners.module.css'
import type { Runner } from './use-runners.ts'

/** All that is known of the runner that the address names. */
export function RunnerDialog({ runners }: { readonly runners: readonly Runner[] }) {
  const [params, setParams] = useSearchParams()
  const id = params.get('runner')
  const runner = runners.find((each) => String(each.id) === id)
  const close = () =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before)
        next.delete('runner')
        return next
      },
      { replace: true },
    )
  return (
    <Dialog
      open={id !== null}
      onClose={close}
      title={
        runner ? (
          <span className={styles['who']}>
            <OnlineDot online={runner.online} /> {runner.name}
          </span>
        ) : (
          'Runner'
        )
      }
      description={runner?.description}
      foot={
        <>
          <Button onClick={close}>Close</Button>
          {runner ? <ButtonLink to={`/jobs?runner=${runner.id}`}>Its jobs</ButtonLink> : null}
        </>
      }
    >
      {runner ? <Details runner={runner} /> : <Empty title="There is no such runner any more." />}
    </Dialog>
  )
}

function Details({ runner }: { readonly runner: Runner }) {
  const { work, encoders } = runner
  return (
    <>
      <Facts
        facts={[
          ['State', <RunnerState key="state" runner={runner} />],
          ['Since', <TimeAgo key="since" at={runner.stateSince} />],
          ['Last contact', <TimeAgo key="contact" at={runner.lastContact} />],
          ['Where', runner.local ? 'Local, in the care of this server' : 'On another machine'],
          ['Address', runner.ip],
          ['Version', runner.version],
          ['Slots', `${runner.slots}, ${runner.jobs} in use`],
          ['Encoders', <Encoders key="encoders" encoders={encoders} />],
          [
            'Speed',
            work.speed === null ? null : `${formatSpeed(work.speed)} real time for each job`,
          ],
          ['Last day', `${work.completed} jobs done, ${work.failed} tries failed`],
          ['Registered', <TimeAgo key="created" at={runner.createdAt} />],
          ['Changed', <TimeAgo key="updated" at={runner.updatedAt} />],
          ['Token', 'Kept as a hash; never shown'],
        ]}
      />
      {work.lastFailure ? <LastFailure failure={work.lastFailure} /> : null}
      <section className={styles['part']}>
        <h3>In hand</h3>
        <JobsInHand runner={runner} most={100} />
      </section>
    </>
  )
}

/** More than one wants to see at first: ffmpeg knows some two hundred. */
const many = 12

function Encoders({ encoders }: Pick<Runner, 'encoders'>) {
  if (encoders === null) return <>It does not tell</>
  if (encoders.length <= many) return <>{encoders.join(', ')}</>
  return (
    <details className={styles['encoders']}>
      <summary>{encoders.length}</summary>
      {encoders.join(', ')}
    </details>
  )
}

function LastFailure({
  failure: { at, message, code, jobUuid },
}: {
  readonly failure: NonNullable<Runner['work']['lastFailure']>
}) {
  return (
    <section className={styles['part']}>
      <h3>Last failure</h3>
      <p className={styles['said']}>
        <TimeAgo at={at} />: {message} <code>{code}</code>{' '}
        <Link to={`/jobs?job=${jobUuid}`}>See the job</Link>
      </p>
    </section>
  )
}
