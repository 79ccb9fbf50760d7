import { type FormEvent, useState } from 'react'
import { useLocation, useNavigate } from 'react-router'
import { client, read } from '../../api/client.ts'
import { useLogin, useSite } from '../../api/session.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { TextField } from '../../ui/field.tsx'
import { NewPasswordField } from '../../ui/new-password-field.tsx'
import { useTitle } from '../../ui/page-head.tsx'
import { Banner, Empty } from '../../ui/states.tsx'
import styles from './people.module.css'

/** Makes the first administrator by the link that the server printed (P-78). */
export default function SetupPage() {
  useTitle('Set up')
  // Behind the #, which browsers tell no server, so that no log holds it.
  const token = useLocation().hash.slice(1)
  if (token === '') {
    return (
      <>
        <h1>Set up</h1>
        <Empty title="This page needs its link.">
          While there is no administrator, the server prints a link to here when it starts. It is
          good once, for a day.
        </Empty>
      </>
    )
  }
  return (
    <div className={styles['place']}>
      <Card>
        <div className={styles['head']}>
          <h1>Welcome to Reelmill</h1>
          <p className={styles['text']}>
            Make the first administrator. From then on everybody logs in.
          </p>
        </div>
        <SetupForm token={token} />
      </Card>
    </div>
  )
}

function SetupForm({ token }: { readonly token: string }) {
  const { data: site } = useSite()
  const { logIn } = useLogin()
  const navigate = useNavigate()
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const least = site?.password.least ?? 10
  const send = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setProblem(null)
    try {
      await read(client.POST('/api/v1/setup', { body: { token, name: name.trim(), password } }))
      await logIn(name.trim(), password)
      await navigate('/', { replace: true })
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error))
      setBusy(false)
    }
  }
  return (
    <form className={styles['form']} onSubmit={(event) => void send(event)}>
      {problem === null ? null : <Banner tone="bad">{problem}</Banner>}
      <TextField
        label="Name"
        required
        maxLength={100}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        hint="You log in with it, and it stands beside your videos."
        value={name}
        onInput={(event) => setName(event.currentTarget.value)}
      />
      <NewPasswordField value={password} least={least} onChange={setPassword} />
      <Button
        type="submit"
        look="primary"
        busy={isBusy}
        disabled={name.trim() === '' || password.length < least}
      >
        Make the administrator
      </Button>
    </form>
  )
}
