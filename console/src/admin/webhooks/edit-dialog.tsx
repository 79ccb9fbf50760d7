import { type FormEvent, useState } from 'react'
import { client, read } from '../../api/client.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { EventChoice } from './event-choice.tsx'
import { useDoing, type Webhook } from './use-webhooks.ts'
import { nameOf } from './webhook-words.ts'
import styles from './webhooks.module.css'

const formId = 'edit-webhook'

/** Changes where a webhook leads, what people call it, and what it is told of. */
export function EditDialog({
  webhook,
  onClose,
}: {
  /** null: closed. */
  readonly webhook: Webhook | null
  readonly onClose: () => void
}) {
  return (
    <Dialog
      open={webhook !== null}
      onClose={onClose}
      title={webhook ? `Edit ${nameOf(webhook)}` : ''}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" form={formId}>
            Save
          </Button>
        </>
      }
    >
      {webhook ? <EditForm webhook={webhook} onSaved={onClose} /> : null}
    </Dialog>
  )
}

function EditForm({
  webhook,
  onSaved,
}: {
  readonly webhook: Webhook
  readonly onSaved: () => void
}) {
  const [url, setUrl] = useState(webhook.url)
  const [description, setDescription] = useState(webhook.description)
  const [events, setEvents] = useState<readonly string[]>(webhook.events)
  const save = useSave(webhook)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (events.length > 0) save.mutate({ url, description, events }, { onSuccess: onSaved })
  }
  return (
    <form id={formId} className={styles['form']} onSubmit={submit}>
      <TextField
        label="Address"
        type="url"
        required
        pattern="https?://.+"
        value={url}
        error={save.error?.message}
        onChange={({ target }) => setUrl(target.value)}
      />
      <TextField
        label="Description"
        value={description}
        maxLength={500}
        onChange={({ target }) => setDescription(target.value)}
      />
      <EventChoice format={webhook.format} chosen={events} onChange={setEvents} />
      {events.length === 0 ? <p role="alert">Choose at least one event.</p> : null}
    </form>
  )
}

function useSave({ id }: Webhook) {
  return useDoing({
    run: (changes: { url: string; description: string; events: readonly string[] }) =>
      read(
        client.PATCH('/api/v1/webhooks/{id}', {
          params: { path: { id } },
          // Sound: the names of events come from the server itself.
          body: { ...changes, events: changes.events as never },
        }),
      ),
    done: (webhook) => `Saved ${nameOf(webhook)}`,
    failed: 'The webhook was not saved',
  })
}
