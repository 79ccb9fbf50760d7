import { useState } from 'react'
import { client, read } from '../../api/client.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { SelectField } from '../../ui/field.tsx'
import { countOf } from '../../words/amounts.ts'
import { useDoing, type Webhook } from './use-webhooks.ts'
import { nameOf } from './webhook-words.ts'

const hourMs = 3_600_000
const spans: readonly (readonly [number, string])[] = [
  [hourMs, 'The last hour'],
  [24 * hourMs, 'The last day'],
  [7 * 24 * hourMs, 'The last week'],
  [30 * 24 * hourMs, 'All that is kept: 30 days'],
]

/** Sends all that failed of a webhook once more. */
export function ReplayDialog({
  webhook,
  onClose,
}: {
  /** null: closed. */
  readonly webhook: Webhook | null
  readonly onClose: () => void
}) {
  const [span, setSpan] = useState(24 * hourMs)
  const replay = useDoing({
    run: (id: string) =>
      read(
        client.POST('/api/v1/webhooks/{id}/replay', {
          params: { path: { id } },
          body: { since: new Date(Date.now() - span).toISOString() },
        }),
      ),
    done: ({ replayed }) => `${countOf(replayed, 'delivery', 'deliveries')} sent again`,
    failed: 'Nothing was sent again',
  })
  const go = () => {
    if (webhook) replay.mutate(webhook.id, { onSuccess: onClose })
  }
  return (
    <Dialog
      open={webhook !== null}
      onClose={onClose}
      size="small"
      title={webhook ? `Send again what ${nameOf(webhook)} missed` : ''}
      description="Every delivery that failed is sent once more, with the same id and body."
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" busy={replay.isPending} onClick={go}>
            Send again
          </Button>
        </>
      }
    >
      <SelectField
        label="What happened in"
        value={String(span)}
        onChange={({ target }) => setSpan(Number(target.value))}
      >
        {spans.map(([value, word]) => (
          <option key={value} value={String(value)}>
            {word}
          </option>
        ))}
      </SelectField>
    </Dialog>
  )
}
