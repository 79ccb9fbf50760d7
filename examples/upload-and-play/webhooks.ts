import type { IncomingHttpHeaders } from 'node:http'
import { Webhook, WebhookVerificationError } from 'standardwebhooks'

/** What Reelmill tells; to know more, one asks it. */
interface Event {
  readonly type: string
  readonly data: { readonly id: string; readonly externalId?: string }
}

/** Reads calls that only the Reelmill with this secret can have made. */
export function createWebhookReader(secret: string) {
  const webhook = new Webhook(secret)
  const seen = new Set<string>()
  return {
    /**
     * The event of a call; null for one that was told before, which happens when our answer was lost,
     * and undefined for one that is not Reelmill's.
     */
    read: (body: string, headers: IncomingHttpHeaders): Event | null | undefined => {
      try {
        const event = webhook.verify(body, headers as Record<string, string>) as Event
        const id = String(headers['webhook-id'])
        if (seen.has(id)) return null
        seen.add(id)
        return event
      } catch (error) {
        if (error instanceof WebhookVerificationError) return undefined
        throw error
      }
    },
  }
}
