import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { setPolicies } from '#policies/set.ts'
import { createEndpoint } from '#webhooks/create-endpoint.ts'
import { orderTest } from '#webhooks/order-deliveries.ts'
import { openTestHttpServer } from '../../../test/support/http-server.ts'
import { listenToEvents } from '../../../test/support/live-events.ts'

const adminKey = 'a-long-enough-key'
const { parts, url } = await openTestHttpServer({ after }, { adminKey })

test('operators are told at once that a policy was changed, and that webhooks have something new (U70, U101)', async (t) => {
  const headers = { authorization: `Bearer ${adminKey}` }
  const { next } = await listenToEvents(t, `${url}/api/v1/events`, headers)
  const nextOf = async (wanted: string) => {
    for (;;) {
      const { event, data } = await next()
      if (event === wanted) return data
    }
  }
  await setPolicies(parts.database, { exportEnabled: false }, 'test')
  assert.deepEqual(await nextOf('policies'), {})
  const { id } = await createEndpoint(parts.database, { url: 'http://example.com/hook' })
  await orderTest(parts.database, id)
  assert.deepEqual(await nextOf('webhooks'), {})
})
