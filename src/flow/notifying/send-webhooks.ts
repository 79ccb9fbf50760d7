import { type ClaimedDelivery, claimDeliveries } from '#webhooks/claim-deliveries.ts'
import type { Parts } from '../parts.ts'
import { sendDelivery } from './send-delivery.ts'

/** Calls at once of this server: they wait for others, and cost it nothing but a socket. */
const atOnce = 32
/** Of one receiver: a slow one keeps at most so many of them. */
const perTarget = 4
/** Retries become due without a word. */
const lookEveryMs = 1_000
/** Beyond the longest call, to write down what came of it. */
const leaseSlackSeconds = 15

/**
 * Calls webhooks from now on: every server does, and rows decide which calls which. A delivery that a
 * process held when it died is claimed by another when the lease is over.
 *
 * @returns a function that ends it: calls under way are cut off, and made again by whoever is there.
 */
export function startSendingWebhooks(parts: Parts): () => Promise<void> {
  const sender = new WebhookSender(parts)
  const stopListening = parts.notifications.on('webhooks', () => sender.wake())
  const timer = setInterval(() => sender.wake(), lookEveryMs)
  sender.wake()
  return async () => {
    stopListening()
    clearInterval(timer)
    await sender.close()
  }
}

class WebhookSender {
  readonly #parts: Parts
  readonly #closing = new AbortController()
  readonly #underWay = new Map<ClaimedDelivery, Promise<void>>()
  #looking: Promise<void> | null = null
  #isAskedAgain = false

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Looks for what is due, once more when asked meanwhile. */
  wake(): void {
    if (this.#closing.signal.aborted) return
    if (this.#looking) {
      this.#isAskedAgain = true
      return
    }
    this.#isAskedAgain = false
    this.#looking = this.#look().finally(() => {
      this.#looking = null
      if (this.#isAskedAgain) this.wake()
    })
  }

  async close(): Promise<void> {
    this.#closing.abort()
    await this.#looking
    await Promise.all(this.#underWay.values())
  }

  async #look(): Promise<void> {
    const limit = atOnce - this.#underWay.size
    if (limit <= 0) return
    const { database, config, log } = this.#parts
    const leaseSeconds = config.webhookTimeoutSeconds + leaseSlackSeconds
    try {
      const underWay = this.#countTargets()
      const claimed = await claimDeliveries(database, { limit, perTarget, underWay, leaseSeconds })
      for (const delivery of claimed) this.#underWay.set(delivery, this.#send(delivery))
    } catch (error) {
      log.warn({ err: error }, 'it could not be seen which webhooks are due; soon again')
    }
  }

  async #send(delivery: ClaimedDelivery): Promise<void> {
    try {
      await sendDelivery(this.#parts, delivery, this.#closing.signal)
    } catch (error) {
      // Nothing was written, so that it is made again when the lease is over.
      this.#parts.log.warn({ err: error, delivery: delivery.id }, 'a webhook is left for later')
    }
    this.#underWay.delete(delivery)
    this.wake()
  }

  #countTargets(): Record<string, number> {
    const counts: Record<string, number> = {}
    for (const { target } of this.#underWay.keys()) counts[target] = (counts[target] ?? 0) + 1
    return counts
  }
}
