import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import { sql } from 'kysely'
import type { Config } from '#config/config.ts'
import { createEndpoint, type NewEndpoint } from '#webhooks/create-endpoint.ts'
import { getDelivery, listDeliveries } from '#webhooks/delivery.ts'
import { getEndpoint } from '#webhooks/endpoint.ts'
import { readOwnSecret } from '#webhooks/own-secret.ts'
import { replayDelivery, replayFailed } from '#webhooks/replay-deliveries.ts'
import { rotateSecret } from '#webhooks/rotate-secret.ts'
import { updateEndpoint } from '#webhooks/update-endpoint.ts'
import { openTestParts } from '../../../test/support/parts.ts'
import { insertVideoRows } from '../../../test/support/video-rows.ts'
import { waitFor } from '../../../test/support/wait-for.ts'
import {
  startWebhookReceiver,
  type WebhookReceiver,
} from '../../../test/support/webhook-receiver.ts'
import { recordEvent } from '../advance.ts'
import type { Parts } from '../parts.ts'
import { startSendingWebhooks } from './send-webhooks.ts'

interface Scene {
  readonly parts: Parts
  readonly receiver: WebhookReceiver
  readonly endpointId: string
  readonly secret: string
}

async function open(
  t: TestContext,
  about: Partial<NewEndpoint> = {},
  settings: Partial<Config> = {},
): Promise<Scene> {
  const parts = await openTestParts(t, { urlAllow: ['127.0.0.1'], ...settings })
  const receiver = await startWebhookReceiver(t)
  const wanted = { url: `${receiver.url}/hook`, ...about }
  const { id, secret } = await createEndpoint(parts.database, wanted)
  if (secret !== null) receiver.verifyWith(secret)
  t.after(startSendingWebhooks(parts))
  return { parts, receiver, endpointId: id, secret: secret ?? '' }
}

async function tell(
  { database }: Parts,
  type = 'video.published',
  data: object = { version: 1 },
  videoId: string = randomUUID(),
): Promise<string> {
  await database.transaction().execute((tx) => recordEvent(tx, videoId, type, { ...data }))
  return videoId
}

const ended = (scene: Scene, count = 1) =>
  waitFor('end of the deliveries', async () => {
    const { deliveries } = await listDeliveries(scene.parts.database, { limit: 100 })
    const over = deliveries.filter(({ state }) => state !== 'pending')
    return over.length >= count ? over : null
  })

/** What waits is due now, instead of in seconds or hours. */
async function hurry({ database }: Parts): Promise<void> {
  await database
    .updateTable('webhook_deliveries')
    .set({ next_attempt_at: sql<Date>`now()` })
    .where('claim', 'is', null)
    .execute()
}

const attempts = (scene: Scene, count: number) =>
  waitFor(`attempt ${count}`, async () => {
    await hurry(scene.parts)
    const rows = await scene.parts.database.selectFrom('webhook_attempts').selectAll().execute()
    return rows.length >= count ? rows : null
  })

test('an event is told as a signed thin message, in the transaction that records it (U91, WV1, C-36)', async (t) => {
  const scene = await open(t)
  const { parts, receiver } = scene
  await parts.database
    .transaction()
    .execute(async (tx) => {
      await recordEvent(tx, randomUUID(), 'video.published', { version: 9 })
      throw new Error('taken back')
    })
    .catch(() => undefined)
  const videoId = await tell(parts)
  const [delivery] = await ended(scene)
  assert.equal(delivery?.state, 'delivered')
  assert.equal(receiver.calls.length, 1)
  const [call] = receiver.calls
  assert.match(call?.headers['content-type'] ?? '', /^application\/json/)
  assert.equal(call?.id, delivery.messageId)
  const { timestamp, ...rest } = receiver.taken.get(call.id) ?? {}
  assert.ok(Math.abs(Date.parse(String(timestamp)) - Date.now()) < 60_000)
  assert.deepEqual(rest, { type: 'video.published', data: { id: videoId, version: 1 } })
  assert.deepEqual(receiver.forged, [])
})

test('only what an endpoint asked for is told to it', async (t) => {
  const scene = await open(t, { events: ['video.failed'] })
  await tell(scene.parts, 'video.published')
  const error = { code: 'source_empty', message: 'The file is empty.' }
  await tell(scene.parts, 'video.failed', { version: 1, error })
  await ended(scene)
  assert.deepEqual(
    scene.receiver.calls.map(({ body }) => (JSON.parse(body) as { data: object }).data),
    [{ id: JSON.parse(scene.receiver.calls[0]?.body ?? '').data.id, version: 1, error }],
  )
})

test('500s, a time-out and a refused connection are got through, and it is told once by its id (U91, U134)', async (t) => {
  const scene = await open(t, {}, { webhookTimeoutSeconds: 3 })
  const { receiver, parts } = scene
  receiver.answers.push(
    500,
    () => undefined,
    (response) => response.destroy(),
    503,
  )
  await tell(parts)
  await attempts(scene, 4)
  await receiver.close()
  await attempts(scene, 5)
  const again = await startWebhookReceiver(t, Number(new URL(receiver.url).port))
  again.verifyWith(scene.secret)
  const rows = await attempts(scene, 6)
  assert.deepEqual(
    rows.map(({ status, error }) => status ?? error),
    [
      500,
      'The answer took too long.',
      'The connection broke off.',
      503,
      'Nothing listens at this address.',
      204,
    ],
  )
  assert.equal(rows[0]?.response, 'not now')
  const ids = new Set([...receiver.calls, ...again.calls].map(({ id }) => id))
  const bodies = new Set([...receiver.calls, ...again.calls].map(({ body }) => body))
  assert.deepEqual([ids.size, bodies.size, again.taken.size], [1, 1, 1])
  assert.equal((await getEndpoint(parts.database, scene.endpointId)).failingSince, null)
})

test('a retry comes when it was planned, or when the receiver wants it (U91)', async (t) => {
  const scene = await open(t)
  const inSeconds = async (number: number) => {
    await waitFor('the attempt', async () => {
      const [row] = await scene.parts.database
        .selectFrom('webhook_deliveries')
        .selectAll()
        .execute()
      return row?.attempts === number && row.claim === null
    })
    const { seconds } = await scene.parts.database
      .selectFrom('webhook_deliveries')
      .select(sql<number>`extract(epoch from next_attempt_at - now())::float8`.as('seconds'))
      .executeTakeFirstOrThrow()
    return seconds
  }
  scene.receiver.answers.push(500, (response) =>
    response.writeHead(503, { 'retry-after': '3600' }).end(),
  )
  await tell(scene.parts)
  const first = await inSeconds(1)
  assert.ok(first > 0 && first < 6, `${first} s`)
  await hurry(scene.parts)
  const second = await inSeconds(2)
  assert.ok(second > 3500 && second <= 3600, `${second} s`)
})

test('a redirect is not followed and final; 410 disables the endpoint with its reason (U91, WV17)', async (t) => {
  const scene = await open(t)
  const { parts, receiver, endpointId } = scene
  receiver.answers.push((response) => response.writeHead(302, { location: '/other' }).end(), 410)
  await tell(parts)
  // One after the other: a call that is under way when the endpoint ends is told of that.
  await ended(scene, 1)
  await tell(parts)
  const over = await ended(scene, 2)
  assert.deepEqual(
    new Set(over.map(({ state, error }) => `${state}: ${error}`)),
    new Set(['failed: It answered 302.', 'failed: It answered 410.']),
  )
  assert.deepEqual(new Set(receiver.calls.map(({ path }) => path)), new Set(['/hook']))
  const endpoint = await getEndpoint(parts.database, endpointId)
  assert.deepEqual([endpoint.enabled, endpoint.disabledReason], [false, 'It answered 410 Gone.'])
  await tell(parts)
  const enabled = await updateEndpoint(parts.database, endpointId, { enabled: true })
  assert.deepEqual([enabled.enabled, enabled.disabledReason], [true, null])
  await tell(parts)
  await ended(scene, 3)
  assert.equal(receiver.calls.length, 3)
})

test('an endpoint that failed for days is disabled, and what waited for it can be replayed (C-38, U91)', async (t) => {
  const scene = await open(t)
  const { parts, receiver, endpointId } = scene
  receiver.answers.push(500, 500)
  await tell(parts)
  await attempts(scene, 1)
  await parts.database
    .updateTable('webhook_endpoints')
    .set({ failing_since: sql<Date>`now() - interval '3 days 1 minute'` })
    .execute()
  await attempts(scene, 2)
  const [failed] = await ended(scene)
  assert.match(failed?.error ?? '', /disabled.*3 days/)
  const since = new Date(Date.now() - 60_000)
  await assert.rejects(replayFailed(parts.database, endpointId, since), {
    code: 'webhook_disabled',
  })
  await updateEndpoint(parts.database, endpointId, { enabled: true })
  assert.equal(await replayFailed(parts.database, endpointId, new Date(Date.now() + 60_000)), 0)
  assert.equal(await replayFailed(parts.database, endpointId, since), 1)
  await waitFor('the replayed one', () => receiver.taken.has(failed?.messageId ?? ''))
})

test('a delivery that was taken can be replayed by hand, with the same id and body (C-38)', async (t) => {
  const scene = await open(t)
  await tell(scene.parts)
  const [delivered] = await ended(scene)
  await replayDelivery(scene.parts.database, delivered?.id ?? '')
  await waitFor('the second call', () => scene.receiver.calls.length === 2)
  const [first, second] = scene.receiver.calls
  assert.deepEqual([second?.id, second?.body], [first?.id, first?.body])
  const { calls } = await waitFor('its end', async () => {
    const details = await getDelivery(scene.parts.database, delivered?.id ?? '')
    return details.state === 'delivered' ? details : null
  })
  assert.equal(calls.length, 2)
  await assert.rejects(replayDelivery(scene.parts.database, randomUUID()), {
    code: 'delivery_not_found',
  })
})

test('while a secret is replaced calls are verified by the old and by the new one (U91)', async (t) => {
  const scene = await open(t)
  const { secret } = await rotateSecret(scene.parts.database, scene.endpointId, 3600)
  await tell(scene.parts)
  scene.receiver.verifyWith(secret ?? '')
  await tell(scene.parts)
  await ended(scene, 2)
  assert.deepEqual(scene.receiver.forged, [])
  assert.equal(
    scene.receiver.calls[0]?.headers['webhook-signature']?.toString().split(' ').length,
    2,
  )
  await rotateSecret(scene.parts.database, scene.endpointId, 0)
  await tell(scene.parts)
  await waitFor('a call with the third secret', () => scene.receiver.forged.length === 1)
})

test('a sender that is killed in the middle of a call is replaced, and the receiver tells by the id (U91, U134)', async (t) => {
  const scene = await open(t)
  const { parts, receiver } = scene
  receiver.answers.push(500)
  await tell(parts)
  await attempts(scene, 1)
  // What a killed process leaves: a claim, and a lease that ends by itself.
  await parts.database
    .updateTable('webhook_deliveries')
    .set({ claim: randomUUID(), next_attempt_at: sql<Date>`now() + interval '1 second'` })
    .execute()
  const [delivered] = await ended(scene)
  assert.equal(delivered?.state, 'delivered')
  assert.equal(new Set(receiver.calls.map(({ id }) => id)).size, 1)
})

test('two senders on one database make each call once', async (t) => {
  const scene = await open(t)
  t.after(startSendingWebhooks(scene.parts))
  t.after(startSendingWebhooks(scene.parts))
  for (let count = 0; count < 60; count += 1) await tell(scene.parts)
  await ended(scene, 60)
  assert.deepEqual([scene.receiver.calls.length, scene.receiver.taken.size], [60, 60])
})

test('the events of one video come in their order', async (t) => {
  const scene = await open(t)
  const videoId = randomUUID()
  const types = ['created', 'uploaded', 'playable', 'published', 'deleted']
  for (const type of types) await tell(scene.parts, `video.${type}`, {}, videoId)
  await ended(scene, types.length)
  assert.deepEqual(
    scene.receiver.calls.map(({ body }) => (JSON.parse(body) as { type: string }).type),
    types.map((type) => `video.${type}`),
  )
})

test('a receiver that hangs does not hold up the others', async (t) => {
  const scene = await open(t)
  const { parts, receiver } = scene
  const hanging = await startWebhookReceiver(t)
  hanging.answers.push(...Array.from({ length: 100 }, () => () => undefined))
  await createEndpoint(parts.database, { url: hanging.url })
  for (let count = 0; count < 50; count += 1) await tell(parts)
  await waitFor('all for the quick one', () => receiver.taken.size === 50, 10_000)
  assert.ok(hanging.calls.length <= 4, `${hanging.calls.length} calls hang`)
})

test("a video's own address is told too, signed with the secret of the server (U91, WV1)", async (t) => {
  const scene = await open(t, { events: ['video.cancelled'] })
  const { parts, receiver } = scene
  receiver.verifyWith(await readOwnSecret(parts.database, null))
  const { videoId } = await insertVideoRows(parts.database)
  await parts.database
    .updateTable('videos')
    .set({ webhook_url: `${receiver.url}/mine`, external_id: 'order 7' })
    .execute()
  await tell(parts, 'video.packaging', {}, videoId)
  await tell(parts, 'video.published', { version: 1 }, videoId)
  const [delivery] = await ended(scene)
  assert.deepEqual([delivery?.webhookId, delivery?.url], [null, `${receiver.url}/mine`])
  assert.deepEqual(
    [...receiver.taken.values()].map(({ data }) => data),
    [{ id: videoId, version: 1, externalId: 'order 7' }],
  )
})

test('an address that leads to a private network is not called, whatever was checked before (WV17, WC10)', async (t) => {
  const scene = await open(t, {}, { urlAllow: [] })
  await tell(scene.parts)
  const [delivery] = await ended(scene)
  assert.deepEqual([delivery?.state, scene.receiver.calls.length], ['failed', 0])
  assert.match(delivery?.error ?? '', /private/)
})
