import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import { recordEvent } from '#flow/advance.ts'
import { startSendingWebhooks } from '#flow/notifying/send-webhooks.ts'
import type { CreatedEndpoint } from '#webhooks/create-endpoint.ts'
import type { DeliveryDetails, DeliveryPage } from '#webhooks/delivery.ts'
import { openTestHttpServer } from '../../../../test/support/http-server.ts'
import { waitFor } from '../../../../test/support/wait-for.ts'
import { startWebhookReceiver } from '../../../../test/support/webhook-receiver.ts'

async function open(t: TestContext, settings: { adminKey?: string; urlAllow?: string[] } = {}) {
  const { parts, url } = await openTestHttpServer(t, { urlAllow: ['127.0.0.1'], ...settings })
  const receiver = await startWebhookReceiver(t)
  t.after(startSendingWebhooks(parts))
  const call = async <Body>(method: string, path: string, body?: object) => {
    const response = await fetch(`${url}/api/v1/webhooks${path}`, {
      method,
      ...(body && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    })
    const text = await response.text()
    // Tests say what they expect.
    return { status: response.status, body: (text === '' ? null : JSON.parse(text)) as Body }
  }
  const create = async (about: object = {}) =>
    (await call<CreatedEndpoint>('POST', '', { url: `${receiver.url}/hook`, ...about })).body
  return { parts, url, receiver, call, create }
}

test('a webhook is made, shown without its secret, changed, tested and deleted (U91)', async (t) => {
  const { call, create, receiver } = await open(t)
  const made = await create({ description: 'shop', events: ['video.published'] })
  assert.match(made.secret ?? '', /^whsec_/)
  receiver.verifyWith(made.secret ?? '')
  const { body: list } = await call<{ webhooks: object[] }>('GET', '')
  assert.deepEqual(list.webhooks.length, 1)
  assert.ok(!JSON.stringify(list).includes('whsec_'))
  const trial = await call<DeliveryDetails>('POST', `/${made.id}/test`)
  await waitFor('the test', () => receiver.taken.get(trial.body.messageId))
  const shown = await waitFor('its record', async () => {
    const { body } = await call<DeliveryDetails>('GET', `/deliveries/${trial.body.id}`)
    return body.state === 'delivered' ? body : null
  })
  assert.deepEqual(
    [shown.type, shown.calls.length, shown.calls[0]?.status],
    ['webhook.test', 1, 204],
  )
  const changed = await call('PATCH', `/${made.id}`, { enabled: false, events: ['video.failed'] })
  assert.equal(changed.status, 200)
  assert.deepEqual(
    (await call<{ code: string }>('POST', `/${made.id}/test`)).body.code,
    'webhook_disabled',
  )
  assert.equal((await call('DELETE', `/${made.id}`)).status, 204)
  assert.equal((await call('GET', `/${made.id}`)).status, 404)
  assert.equal((await call('GET', `/deliveries/${trial.body.id}`)).status, 404)
})

test('deliveries are listed by filters and pages, and replayed one by one or all that failed (C-38)', async (t) => {
  const { call, create, receiver, parts } = await open(t)
  const { id } = await create()
  receiver.answers.push(302, 302, 302)
  const videoIds = [randomUUID(), randomUUID(), randomUUID()]
  for (const videoId of videoIds) {
    await parts.database
      .transaction()
      .execute((tx) => recordEvent(tx, videoId, 'video.published', { version: 1 }))
  }
  const list = async (query: string) =>
    (await call<DeliveryPage>('GET', `/deliveries?${query}`)).body
  const failed = await waitFor('three failures', async () => {
    const { deliveries } = await list(`state=failed&webhookId=${id}&type=video.published`)
    return deliveries.length === 3 ? deliveries : null
  })
  assert.deepEqual(
    failed.map(({ videoId }) => videoId),
    videoIds.toReversed(),
  )
  assert.equal((await list(`videoId=${videoIds[0]}`)).deliveries.length, 1)
  const first = await list('limit=2')
  const second = await list(`limit=2&cursor=${first.next}`)
  assert.deepEqual([first.deliveries.length, second.deliveries.length, second.next], [2, 1, null])
  await call('POST', `/deliveries/${failed[0]?.id}/replay`)
  await waitFor('one taken', () => receiver.taken.size === 1)
  const since = new Date(Date.now() - 60_000).toISOString()
  assert.deepEqual((await call('POST', `/${id}/replay`, { since })).body, { replayed: 2 })
  await waitFor('all taken', () => receiver.taken.size === 3)
})

test('secrets are replaced; ed25519 shows its public key alone; the one for videos is told (U114)', async (t) => {
  const { call, create } = await open(t)
  const hmac = await create()
  const rotated = await call<CreatedEndpoint>('POST', `/${hmac.id}/rotate-secret`)
  assert.match(rotated.body.secret ?? '', /^whsec_/)
  assert.notEqual(rotated.body.secret, hmac.secret)
  assert.ok(rotated.body.oldSecretExpiresAt)
  const keyed = await create({ signing: 'ed25519' })
  assert.equal(keyed.secret, null)
  assert.match(keyed.publicKeys[0] ?? '', /^whpk_/)
  const body = { keepOldSeconds: 60 }
  const both = await call<CreatedEndpoint>('POST', `/${keyed.id}/rotate-secret`, body)
  assert.equal(both.body.publicKeys.length, 2)
  const own = await call<{ secret: string }>('GET', '/video-secret')
  assert.match(own.body.secret, /^whsec_/)
  assert.deepEqual((await call('GET', '/video-secret')).body, own.body)
})

test('addresses that lead into this network are refused when they are given (WV17, WC10)', async (t) => {
  const { call, url } = await open(t, { urlAllow: [] })
  const codes = await Promise.all(
    [
      'http://127.0.0.1:5432/',
      'http://169.254.169.254/latest/',
      'http://[::ffff:10.0.0.1]/',
      'http://2130706433/',
      'http://localhost/',
      'http://user:word@example.com/',
    ].map(async (given) => (await call<{ code: string }>('POST', '', { url: given })).body.code),
  )
  const refused = Array.from({ length: 5 }, () => 'address_refused')
  assert.deepEqual(codes, [...refused, 'address_invalid'])
  const video = await fetch(`${url}/api/v1/videos`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'a', webhookUrl: 'http://10.0.0.1/hook' }),
  })
  assert.equal(((await video.json()) as { code: string }).code, 'address_refused')
})

test('what is no webhook, format or event is refused with a sentence', async (t) => {
  const { call, receiver } = await open(t)
  const url = receiver.url
  const refused = [
    { url: 'ftp://example.com/' },
    { url, format: 'telegram' },
    { url, events: [] },
    { url, events: ['video.unheard_of'] },
    { url, format: 'ancestor', events: ['video.playable'] },
    { url, secret: 'short' },
    { url, more: 1 },
  ]
  for (const body of refused) {
    assert.equal((await call('POST', '', body)).status, 400, JSON.stringify(body))
  }
  assert.equal((await call('GET', `/${randomUUID()}`)).status, 404)
  assert.equal((await call('POST', `/deliveries/${randomUUID()}/replay`)).status, 404)
})

test('webhooks are the business of those who hold the key (U110)', async (t) => {
  const { call } = await open(t, { adminKey: 'a-long-enough-key' })
  for (const [method, path] of [
    ['GET', ''],
    ['POST', ''],
    ['GET', '/video-secret'],
    ['GET', '/deliveries'],
  ] as const) {
    assert.equal((await call(method, path)).status, 401, path)
  }
})
