import { useMutation, useQueryClient } from '@tanstack/react-query'
import { CircleCheck } from 'lucide-react'
import { useEffect, useState } from 'react'
import { client, read } from '../../api/client.ts'
import { root } from '../../api/root.ts'
import { Button } from '../../ui/button.tsx'
import { CopyBox } from '../../ui/copy.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Banner, Failure, Skeleton } from '../../ui/states.tsx'
import styles from './runners.module.css'
import type { Runner } from './use-runners.ts'

/** Where this page came from is where a runner reaches the server too, unless that is this machine. */
const serverUrl = root.href.replace(/\/$/, '')
const isThisMachine = ['localhost', '127.0.0.1', '[::1]'].includes(root.hostname)

/** Makes a token, shows the command that brings a runner here with it, and says when one came. */
export function AddRunnerDialog({
  open,
  runners,
  onClose,
}: {
  readonly open: boolean
  readonly runners: readonly Runner[]
  readonly onClose: () => void
}) {
  const queries = useQueryClient()
  const [before, setBefore] = useState<ReadonlySet<number>>(new Set())
  const { mutate, data, error, reset } = useMutation({
    mutationFn: makeToken,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['fleet', 'registration-tokens'] }),
  })
  useEffect(() => {
    if (!open) return
    setBefore(new Set(runners.map(({ id }) => id)))
    reset()
    mutate()
    // Those that are there when it opens; who comes later is news.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [open])
  const come = open && data ? runners.filter(({ id }) => !before.has(id)) : []
  return (
    <Dialog
      open={open}
      onClose={onClose}
      closesBeside={false}
      title="Add a runner"
      description="Run this on any machine that reaches this server. It registers, and takes jobs at once."
      foot={<Button onClick={onClose}>{come.length > 0 ? 'Done' : 'Close'}</Button>}
    >
      {data ? (
        <Commands token={data} />
      ) : error ? (
        <Failure error={error} onRetry={() => mutate()} />
      ) : (
        <Skeleton height="8rem" />
      )}
      {come.length === 0 ? (
        <p className={styles['soft']} role="status">
          Waiting for it to register …
        </p>
      ) : (
        <ul role="status" className={styles['come']}>
          {come.map(({ id, name }) => (
            <li key={id}>
              <CircleCheck aria-hidden="true" /> {name} registered.
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  )
}

function Commands({ token }: { readonly token: string }) {
  return (
    <>
      {isThisMachine ? (
        <Banner tone="info">
          This page is open on the server’s own machine. On another one, write the name by which
          that one reaches this server in place of {root.hostname}.
        </Banner>
      ) : null}
      <div className={styles['command']}>
        <p>With Reelmill</p>
        <CopyBox
          label="the command"
          text={`npm run -s reelmill -- runner --server ${serverUrl} --registration-token ${token}`}
        />
      </div>
      <div className={styles['command']}>
        <p>With a PeerTube runner, while it runs</p>
        <CopyBox
          label="the command for PeerTube runners"
          text={`peertube-runner register --url ${serverUrl} --registration-token ${token} --runner-name NAME`}
        />
      </div>
      <p className={styles['soft']}>
        The token is shown this once. Any number of runners may register with it, until it is
        revoked.
      </p>
    </>
  )
}

/** A registration token that nobody has seen yet. */
async function makeToken(): Promise<string> {
  const made = await read(
    client.POST('/api/v1/runners/registration-tokens/generate', {
      params: { header: { prefer: 'return=representation' } },
    }),
  )
  if (!('registrationToken' in made)) throw new Error('The server did not show the token.')
  return made.registrationToken
}
