import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { countOf } from '../../words/amounts.ts'
import styles from './runners.module.css'
import type { Order, useGovern } from './use-govern.tsx'

const verbs = { drain: 'Drain', disable: 'Disable', remove: 'Remove', enable: 'Enable' } as const

/** Asks before runners are drained, disabled or removed: what becomes of their jobs, and why. */
export function GovernDialog({
  govern: { order, reason, setReason, busy, carryOut, forget },
}: {
  readonly govern: ReturnType<typeof useGovern>
}) {
  const submit = () => {
    if (order) void carryOut(order)
  }
  return (
    <Dialog
      open={order !== null}
      onClose={forget}
      size="small"
      title={order ? `${verbs[order.action]} ${whoOf(order)}?` : ''}
      description={order ? describe(order) : ''}
      foot={
        <>
          <Button onClick={forget}>Cancel</Button>
          <Button
            look={order?.action === 'drain' ? 'primary' : 'danger'}
            busy={busy}
            onClick={submit}
          >
            {order ? `${verbs[order.action]} ${whatOf(order)}` : ''}
          </Button>
        </>
      }
    >
      {order && order.action !== 'remove' ? (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            submit()
          }}
        >
          <TextField
            label="Reason"
            hint="Shown beside its state. May be left out."
            value={reason}
            maxLength={1000}
            onInput={({ currentTarget }) => setReason(currentTarget.value)}
          />
        </form>
      ) : order && order.runners.length > 1 ? (
        <ul className={styles['names']}>
          {order.runners.map(({ id, name }) => (
            <li key={id}>{name}</li>
          ))}
        </ul>
      ) : null}
    </Dialog>
  )
}

function whoOf({ runners }: Order): string {
  const [first] = runners
  return runners.length === 1 && first ? first.name : countOf(runners.length, 'runner')
}

function whatOf({ runners }: Order): string {
  return runners.length === 1 ? 'the runner' : countOf(runners.length, 'runner')
}

function describe({ action, runners }: Order): string {
  const held = runners.reduce((sum, { jobs }) => sum + jobs, 0)
  const jobs =
    held === 0
      ? ''
      : ` ${countOf(held, 'job')} in hand ${held === 1 ? 'is' : 'are'} offered to others at once, without a failure.`
  if (action === 'drain') {
    return held === 0
      ? 'It gets nothing new until it is enabled.'
      : `What is in hand is finished (${countOf(held, 'job')}). It gets nothing new until it is enabled.`
  }
  if (action === 'disable') return `It gets nothing until it is enabled.${jobs}`
  const local = runners.some((each) => each.local)
  const back = local
    ? ' A local runner comes back when its server starts again.'
    : ' To come back it has to register again.'
  return `The server does not know it any more.${jobs}${back}`
}
