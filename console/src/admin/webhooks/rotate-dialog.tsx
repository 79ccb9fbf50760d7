import { useState } from 'react'
import { client, read } from '../../api/client.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { SelectField } from '../../ui/field.tsx'
import type { Shown } from './secret-dialog.tsx'
import { useDoing, type Webhook } from './use-webhooks.ts'
import { nameOf } from './webhook-words.ts'

const hour = 3600
const kept: readonly (readonly [number, string])[] = [
  [0, 'Not at all'],
  [hour, 'One hour'],
  [24 * hour, 'One day'],
  [7 * 24 * hour, 'One week'],
]

/** Replaces the secret of a webhook, the old one being good for a while more. */
export function RotateDialog({
  webhook,
  onClose,
  onSecret,
}: {
  /** null: closed. */
  readonly webhook: Webhook | null
  readonly onClose: () => void
  readonly onSecret: (shown: Shown) => void
}) {
  const [seconds, setSeconds] = useState(24 * hour)
  const rotate = useDoing({
    run: (id: string) =>
      read(
        client.POST('/api/v1/webhooks/{id}/rotate-secret', {
          params: { path: { id } },
          body: { keepOldSeconds: seconds },
        }),
      ),
    done: () => null,
    failed: 'The secret was not replaced',
  })
  const go = () => {
    if (webhook) rotate.mutate(webhook.id, { onSuccess: onSecret })
  }
  return (
    <Dialog
      open={webhook !== null}
      onClose={onClose}
      size="small"
      title={webhook ? `Replace the secret of ${nameOf(webhook)}` : ''}
      description="The new one is shown once. While both are good, calls carry both signatures, so that the receiver can change at any moment."
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" busy={rotate.isPending} onClick={go}>
            Replace
          </Button>
        </>
      }
    >
      <SelectField
        label="The old one stays good for"
        value={String(seconds)}
        onChange={({ target }) => setSeconds(Number(target.value))}
      >
        {kept.map(([value, word]) => (
          <option key={value} value={String(value)}>
            {word}
          </option>
        ))}
      </SelectField>
    </Dialog>
  )
}
