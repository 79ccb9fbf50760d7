import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { startSendingWebhooks } from '#flow/notifying/send-webhooks.ts'
import type { CreatedEndpoint } from '#webhooks/create-endpoint.ts'
import type { DeliveryView } from '#webhooks/delivery.ts'
import type { EndpointView } from '#webhooks/endpoint.ts'
import { openTestHttpServer } from '../../../../test/support/http-server.ts'
import { waitFor } from '../../../../test/support/wait-for.ts'
import { startWebhookReceiver } from '../../../../test/support/webhook-receiver.ts'

const program = fileURLToPath(new URL('../../../reelmill.ts', import.meta.url))

for (const place of ['database', 'server'] as const) {
  test(`webhooks are made, tested, listed, replayed and deleted, by the ${place} (U91, C-38)`, async (t) => {
    const { parts, url } = await openTestHttpServer(t, { urlAllow: ['127.0.0.1'] })
    t.after(startSendingWebhooks(parts))
    const receiver = await startWebhookReceiver(t)
    const env = { DATABASE_URL: parts.config.databaseUrl ?? '', URL_ALLOW: '127.0.0.1' }
    const reelmill = (...args: string[]) =>
      execa(
        process.execPath,
        [program, 'webhooks', ...args, ...(place === 'server' ? ['--server', url] : [])],
        {
          reject: false,
          extendEnv: false,
          env: {
            PATH: process.env['PATH'] ?? '',
            LOG_LEVEL: 'error',
            ...(place === 'database' && env),
          },
        },
      )
    const read = async <Body>(...args: string[]): Promise<Body> => {
      const { exitCode, stdout, stderr } = await reelmill(...args, '--json')
      assert.deepEqual([exitCode, stderr], [0, ''], place)
      return JSON.parse(stdout) as Body
    }
    const made = await read<CreatedEndpoint>('create', receiver.url, '--event', 'video.failed')
    assert.deepEqual(made.events, ['video.failed'])
    receiver.verifyWith(made.secret ?? '')
    const { stdout } = await reelmill('test', made.id)
    const [, deliveryId = ''] = /^Ordered delivery: (\S+)$/.exec(stdout) ?? []
    await waitFor('the test', () => receiver.taken.size === 1)
    const delivered = await waitFor('its record', async () => {
      const deliveries = await read<DeliveryView[]>('deliveries', '--state', 'delivered')
      return deliveries[0]
    })
    assert.equal(delivered.id, deliveryId)
    assert.match((await reelmill('delivery', deliveryId)).stdout, /webhook\.test[\s\S]*\b204\b/)
    assert.deepEqual(await read('replay', deliveryId), { replayed: 1 })
    await waitFor('the second call', () => receiver.calls.length === 2)
    const since = ['--webhook', made.id, '--since', '2026-01-01T00:00:00Z']
    assert.deepEqual(await read('replay', ...since), { replayed: 0 })
    assert.equal((await reelmill('replay')).exitCode, 2)
    assert.equal((await read<EndpointView>('disable', made.id)).enabled, false)
    assert.match((await reelmill()).stdout, new RegExp(`${made.id} +disabled +standard`))
    assert.equal((await read<EndpointView>('enable', made.id)).enabled, true)
    assert.match((await reelmill('rotate', made.id)).stdout, /^Secret: whsec_/)
    assert.match((await reelmill('secret')).stdout, /^whsec_/)
    assert.equal((await reelmill('create', 'http://10.0.0.1/')).exitCode, 1)
    assert.equal((await reelmill('delete', made.id)).exitCode, 0)
    assert.deepEqual(await read('list'), [])
  })
}
