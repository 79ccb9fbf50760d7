import type { CreatedEndpoint } from '#webhooks/create-endpoint.ts'
import type { DeliveryDetails, DeliveryFilter, DeliveryPage } from '#webhooks/delivery.ts'
import type { EndpointView } from '#webhooks/endpoint.ts'
import { type Caller, createCaller } from './call-server.ts'
import type { WebhookDesk } from './webhook-desk.ts'

/** As many as a server gives at once. */
const pageSize = 100

/** The webhooks of a server. */
export function openServerWebhookDesk(server: string, key: string | null): WebhookDesk {
  const call = createCaller(`${server.replace(/\/+$/, '')}/api/v1/webhooks`, key)
  return {
    list: async () => (await call<{ webhooks: readonly EndpointView[] }>('GET', '')).webhooks,
    create: (json) => call<CreatedEndpoint>('POST', '', { json }),
    update: (id, json) => call<EndpointView>('PATCH', `/${id}`, { json }),
    delete: (id) => call<void>('DELETE', `/${id}`),
    rotate: (id, keepOldSeconds) =>
      call<CreatedEndpoint>('POST', `/${id}/rotate-secret`, { json: { keepOldSeconds } }),
    test: (id) => call<DeliveryDetails>('POST', `/${id}/test`),
    listDeliveries: (filter) => listAll(call, filter),
    getDelivery: (id) => call<DeliveryDetails>('GET', `/deliveries/${id}`),
    replay: (id) => call<DeliveryDetails>('POST', `/deliveries/${id}/replay`),
    replayFailed: async (id, since) => {
      const json = { since: since.toISOString() }
      return (await call<{ replayed: number }>('POST', `/${id}/replay`, { json })).replayed
    },
    readVideoSecret: async () => (await call<{ secret: string }>('GET', '/video-secret')).secret,
    close: async () => undefined,
  }
}

async function listAll(call: Caller, { limit, ...filter }: DeliveryFilter) {
  const deliveries: DeliveryPage['deliveries'][number][] = []
  let cursor: string | null = null
  do {
    const query = new URLSearchParams({
      limit: String(Math.min(pageSize, limit - deliveries.length)),
      ...(cursor === null ? {} : { cursor }),
    })
    for (const [name, value] of Object.entries(filter)) {
      if (value !== undefined) query.set(name, value)
    }
    const page: DeliveryPage = await call('GET', `/deliveries?${query.toString()}`)
    deliveries.push(...page.deliveries)
    cursor = page.next
  } while (cursor !== null && deliveries.length < limit)
  return deliveries
}
