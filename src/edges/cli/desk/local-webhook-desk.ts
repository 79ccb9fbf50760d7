import { openGuardedClient } from '#network/guarded-client.ts'
import { createEndpoint } from '#webhooks/create-endpoint.ts'
import { getDelivery, listDeliveries } from '#webhooks/delivery.ts'
import { listEndpoints } from '#webhooks/endpoint.ts'
import { orderTest } from '#webhooks/order-deliveries.ts'
import { readOwnSecret } from '#webhooks/own-secret.ts'
import { replayDelivery, replayFailed } from '#webhooks/replay-deliveries.ts'
import { requireEnabled } from '#webhooks/require-enabled.ts'
import { rotateSecret } from '#webhooks/rotate-secret.ts'
import { deleteEndpoint, updateEndpoint } from '#webhooks/update-endpoint.ts'
import { openLocalPlace } from './local-place.ts'
import type { WebhookDesk } from './webhook-desk.ts'

/** The webhooks of this machine's own data. What is ordered is sent by the server, when it runs. */
export async function openLocalWebhookDesk(): Promise<WebhookDesk> {
  const { config, opened } = await openLocalPlace()
  const { database } = opened
  const web = openGuardedClient({ allow: config.urlAllow, ports: config.urlPorts })
  return {
    list: () => listEndpoints(database),
    create: async (about) => {
      await web.check(about.url)
      return createEndpoint(database, about)
    },
    update: async (id, change) => {
      if (change.url !== undefined) await web.check(change.url)
      return updateEndpoint(database, id, change)
    },
    delete: (id) => deleteEndpoint(database, id),
    rotate: (id, keepOldSeconds) => rotateSecret(database, id, keepOldSeconds),
    test: async (id) => {
      await requireEnabled(database, id)
      return getDelivery(database, await orderTest(database, id))
    },
    listDeliveries: async (filter) => (await listDeliveries(database, filter)).deliveries,
    getDelivery: (id) => getDelivery(database, id),
    replay: async (id) => {
      await replayDelivery(database, id)
      return getDelivery(database, id)
    },
    replayFailed: (id, since) => replayFailed(database, id, since),
    readVideoSecret: () => readOwnSecret(database, config.webhookSecret),
    close: async () => {
      await web.close()
      await opened.close()
    },
  }
}
