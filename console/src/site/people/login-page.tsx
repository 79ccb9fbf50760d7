import { type FormEvent, useState } from 'react'
import { Navigate, useSearchParams } from 'react-router'
import { ReelmillProblem } from '../../api/client.ts'
import { addressOf } from '../../api/root.ts'
import { useLogin, useSession } from '../../api/session.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { TextField } from '../../ui/field.tsx'
import { useTitle } from '../../ui/page-head.tsx'
import { Banner } from '../../ui/states.tsx'
import styles from './people.module.css'
import { readWaitSeconds, useRetryAfter } from './use-retry-after.ts'
import { readWayBack } from './way-back.ts'

/** Who one is; then back to where one came from (C-03). */
export default function LoginPage() {
  useTitle('Log in')
  const { data: session } = useSession()
  const [search] = useSearchParams()
  const next = readWayBack(search)
  if (session?.user) return <WayBack to={next} />
  return (
    <div className={styles['place']}>
      <Card>
        <div className={styles['head']}>
          <h1>Log in</h1>
          {session ? (
            <p className={styles['text']}>
              This server trusts its machine: while it has no users, nobody needs to log in.
            </p>
          ) : null}
        </div>
        <LoginForm />
      </Card>
    </div>
  )
}

/** The console is another app, not a page of this one. */
function WayBack({ to }: { readonly to: string }) {
  if (!/^\/console(\/|\?|$)/.test(to)) return <Navigate to={to} replace />
  location.replace(addressOf(to.slice(1)))
  return null
}

function LoginForm() {
  const { logIn } = useLogin()
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const [waitSeconds, wait] = useRetryAfter()
  const send = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setProblem(null)
    try {
      await logIn(name, password)
    } catch (error) {
      const isThrottled = error instanceof ReelmillProblem && error.code === 'rate_limited'
      if (isThrottled) wait(readWaitSeconds(error.message))
      else setProblem(error instanceof Error ? error.message : String(error))
      setBusy(false)
    }
  }
  return (
    <form className={styles['form']} onSubmit={(event) => void send(event)}>
      {waitSeconds > 0 ? (
        <Banner tone="bad">{`Too many attempts. Try again in ${waitSeconds} s.`}</Banner>
      ) : null}
      {problem === null || waitSeconds > 0 ? null : <Banner tone="bad">{problem}</Banner>}
      <TextField
        label="Name"
        required
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        value={name}
        onInput={(event) => setName(event.currentTarget.value)}
      />
      <TextField
        label="Password"
        type="password"
        required
        autoComplete="current-password"
        value={password}
        onInput={(event) => setPassword(event.currentTarget.value)}
      />
      <Button type="submit" look="primary" busy={isBusy} disabled={waitSeconds > 0}>
        Log in
      </Button>
    </form>
  )
}
