import { type FormEvent, useState } from 'react'
import { client, read } from '../../api/client.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { EventChoice } from './event-choice.tsx'
import type { Shown } from './secret-dialog.tsx'
import { useDoing, type Webhook } from './use-webhooks.ts'
import { formats } from './webhook-words.ts'
import styles from './webhooks.module.css'

const formId = 'new-webhook'

/** Asks whom to tell of what. */
export function CreateDialog({
  open,
  onClose,
  onMade,
}: {
  readonly open: boolean
  readonly onClose: () => void
  readonly onMade: (webhook: Shown) => void
}) {
  const [isBusy, setBusy] = useState(false)
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="New webhook"
      description="An address that is called when something happens to a video."
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" form={formId} busy={isBusy}>
            Create
          </Button>
        </>
      }
    >
      <NewWebhookForm onBusy={setBusy} onMade={onMade} />
    </Dialog>
  )
}

interface Draft {
  readonly url: string
  readonly description: string
  readonly format: Webhook['format']
  readonly signing: Webhook['signing']
  /** null: what is told by default. */
  readonly events: readonly string[] | null
}

const blank: Draft = {
  url: '',
  description: '',
  format: 'standard',
  signing: 'hmac',
  events: null,
}

function NewWebhookForm({
  onBusy,
  onMade,
}: {
  readonly onBusy: (isBusy: boolean) => void
  readonly onMade: (webhook: Shown) => void
}) {
  const [draft, setDraft] = useState(blank)
  const change = (changes: Partial<Draft>) => setDraft({ ...draft, ...changes })
  const create = useCreate()
  const isNothing = draft.events?.length === 0
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (isNothing) return
    onBusy(true)
    // What is wrong with it is told beside the field.
    const made = await create.mutateAsync(draft).catch(() => null)
    onBusy(false)
    if (made) onMade(made)
  }
  return (
    <form id={formId} className={styles['form']} onSubmit={(event) => void submit(event)}>
      <DraftFields draft={draft} error={create.error} onChange={change} />
      <EventChoice
        format={draft.format}
        chosen={draft.events}
        onChange={(events) => change({ events })}
      />
      {isNothing ? <p role="alert">Choose at least one event.</p> : null}
    </form>
  )
}

function useCreate() {
  return useDoing({
    run: ({ events, ...about }: Draft) =>
      read(
        client.POST('/api/v1/webhooks', {
          // Sound: the names of events come from the server itself.
          body: { ...about, ...(events ? { events: events as never } : {}) },
        }),
      ),
    done: () => null,
    failed: 'The webhook was not made',
  })
}

function DraftFields({
  draft: { url, description, format, signing },
  error,
  onChange,
}: {
  readonly draft: Draft
  readonly error: Error | null
  readonly onChange: (changes: Partial<Draft>) => void
}) {
  return (
    <>
      <TextField
        label="Address"
        type="url"
        required
        pattern="https?://.+"
        placeholder="https://app.example/hooks/reelmill"
        value={url}
        error={error?.message}
        hint="Begins with https:// or http://."
        onChange={({ target }) => onChange({ url: target.value })}
      />
      <TextField
        label="Description"
        value={description}
        maxLength={500}
        hint="What it is, for people."
        onChange={({ target }) => onChange({ description: target.value })}
      />
      <SelectField
        label="Format"
        value={format}
        hint={
          format === 'standard'
            ? 'Signed by Standard Webhooks 1.0.'
            : 'For applications that were written for something else. Tells of ends only.'
        }
        onChange={({ target }) =>
          onChange({ format: target.value as Draft['format'], events: null })
        }
      >
        {Object.entries(formats).map(([value, word]) => (
          <option key={value} value={value}>
            {word}
          </option>
        ))}
      </SelectField>
      <SelectField
        label="Signature"
        value={signing}
        onChange={({ target }) => onChange({ signing: target.value as Draft['signing'] })}
      >
        <option value="hmac">Shared secret (HMAC)</option>
        <option value="ed25519">Public key (Ed25519)</option>
      </SelectField>
    </>
  )
}
