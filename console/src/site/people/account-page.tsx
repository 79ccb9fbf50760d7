import { type FormEvent, useState } from 'react'
import { useLocation } from 'react-router'
import { client, read } from '../../api/client.ts'
import { useSession, useSite } from '../../api/session.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Facts } from '../../ui/facts.tsx'
import { TextField } from '../../ui/field.tsx'
import { NewPasswordField } from '../../ui/new-password-field.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Banner, Empty, Failure } from '../../ui/states.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { useTell } from '../../ui/toasts.tsx'
import { useLogOut } from '../../ui/use-log-out.ts'
import { useMayStop } from '../upload/use-may-stop.ts'
import styles from './people.module.css'
import { wayToLogin } from './way-back.ts'

/** Who one is here, and one's own password. */
export default function AccountPage() {
  const { data: session, error, refetch } = useSession()
  const here = useLocation()
  const logOut = useLogOut(useMayStop())
  if (session === undefined) {
    return (
      <>
        <PageHead title="Account" />
        {error ? <Failure error={error} onRetry={() => void refetch()} /> : null}
      </>
    )
  }
  if (!session?.user) {
    return (
      <Empty
        title={session ? 'Nobody needs an account here yet.' : 'You are not logged in.'}
        action={<ButtonLink to={wayToLogin(here)}>Log in</ButtonLink>}
      >
        {session ? 'While this server has no users, it trusts its machine.' : null}
      </Empty>
    )
  }
  const { user } = session
  return (
    <>
      <PageHead title="Account" actions={<Button onClick={() => void logOut()}>Log out</Button>} />
      <div className={styles['account']}>
        <Card title="You">
          <Facts
            facts={[
              ['Name', user.name],
              ['Role', <Badge key="role">{user.role}</Badge>],
              ['Since', <TimeAgo key="since" at={user.createdAt} />],
            ]}
          />
        </Card>
        <Card title="Password">
          <PasswordForm name={user.name} />
        </Card>
      </div>
    </>
  )
}

function PasswordForm({ name }: { readonly name: string }) {
  const { data: site } = useSite()
  const tell = useTell()
  const [currentPassword, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const least = site?.password.least ?? 10
  const send = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setProblem(null)
    try {
      const body = { currentPassword, password }
      await read(client.PUT('/api/v1/sessions/current/password', { body }))
      setCurrent('')
      setPassword('')
      tell.good('Your password was changed.', 'All your other sessions have ended.')
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <form className={styles['form']} onSubmit={(event) => void send(event)}>
      {problem === null ? null : <Banner tone="bad">{problem}</Banner>}
      <input type="text" hidden readOnly autoComplete="username" value={name} />
      <TextField
        label="Password now"
        type="password"
        required
        autoComplete="current-password"
        value={currentPassword}
        onInput={(event) => setCurrent(event.currentTarget.value)}
      />
      <NewPasswordField
        label="New password"
        value={password}
        least={least}
        onChange={setPassword}
      />
      <div>
        <Button
          type="submit"
          look="primary"
          busy={isBusy}
          disabled={currentPassword === '' || password.length < least}
        >
          Change the password
        </Button>
      </div>
    </form>
  )
}
