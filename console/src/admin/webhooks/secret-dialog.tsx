import { Button } from '../../ui/button.tsx'
import { CopyBox } from '../../ui/copy.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Banner } from '../../ui/states.tsx'
import { formatTime } from '../../words/times.ts'
import type { Webhook } from './use-webhooks.ts'
import { nameOf } from './webhook-words.ts'

/** A webhook whose secret is shown this once. */
export type Shown = Webhook & { readonly secret: string | null }

/** Shows the secret of a webhook that was just made, or got another one. */
export function SecretDialog({
  shown,
  onClose,
}: {
  readonly shown: Shown | null
  readonly onClose: () => void
}) {
  return (
    <Dialog
      open={shown !== null}
      onClose={onClose}
      closesBeside={false}
      title={shown ? `Secret of ${nameOf(shown)}` : ''}
      description="The receiver verifies with it that calls come from here."
      foot={
        <Button look="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      {shown ? <Secret shown={shown} /> : null}
    </Dialog>
  )
}

function Secret({ shown: { secret, publicKeys, oldSecretExpiresAt } }: { readonly shown: Shown }) {
  return (
    <>
      <CopyBox
        text={secret ?? publicKeys[0] ?? ''}
        label={secret === null ? 'the public key' : 'the secret'}
      />
      {secret === null ? (
        <Banner tone="info">The private key stays on the server. This one is public.</Banner>
      ) : (
        <Banner tone="warn">Keep it now. It is not shown again.</Banner>
      )}
      {oldSecretExpiresAt === null ? null : (
        <p>Calls are signed with the old one too until {formatTime(oldSecretExpiresAt)}.</p>
      )}
    </>
  )
}
