import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { notify } from '#database/notifications.ts'
import { cancelJobs } from '#jobs/cancel.ts'
import { createKey } from '#people/create-key.ts'
import { listenToEvents } from '../../../test/support/live-events.ts'
import { startProtocolServer } from '../../../test/support/protocol-server.ts'
import { waitFor } from '../../../test/support/wait-for.ts'
import { buildHttpServer } from '../http/server.ts'

const adminKey = 'a-long-enough-key'
const server = await startProtocolServer({ after }, { adminKey })
const app = await buildHttpServer(server.parts)
after(() => app.close())
const url = `${await app.listen({ host: '127.0.0.1', port: 0 })}/api/v1/events`
const headers = { authorization: `Bearer ${adminKey}` }

test('operators are told that runners and jobs changed, whoever changed them (U101)', async (t) => {
  const { next } = await listenToEvents(t, url, headers)
  const nextFleet = async () => {
    for (;;) {
      const { event, data } = await next()
      if (event === 'fleet') return data
    }
  }
  const runner = await server.register()
  // What happens before the first look is nobody's news.
  let isTold = false
  void nextFleet().then(() => {
    isTold = true
  })
  await waitFor('the first word', async () => {
    await server.order({})
    return isTold
  })
  const versionId = await server.order({})
  assert.deepEqual(await nextFleet(), { runners: true, jobs: true })
  const [job] = await server.listJobs(versionId)
  const held = await server.accept(job?.uuid ?? '', runner)
  assert.deepEqual(await nextFleet(), { runners: true, jobs: true })
  const { uuid, ...tokens } = held
  await server.post(`/jobs/${uuid}/update`, { ...tokens, progress: 40 })
  assert.deepEqual(await nextFleet(), { runners: true, jobs: true })
  const waiting = await server.order({})
  await nextFleet()
  await server.database.transaction().execute((tx) => cancelJobs(tx, waiting))
  assert.deepEqual(await nextFleet(), { runners: true, jobs: true })
})

test('others hear nothing of the fleet, nor who asks for certain videos', async (t) => {
  const wanted = { name: 'k', scopes: null, userId: null, expiresAt: null } as const
  const { key } = await createKey(server.database, { ...wanted, role: 'viewer' })
  const limited = { ...wanted, role: 'admin', scopes: ['videos:read'] } as const
  const { key: reader } = await createKey(server.database, limited)
  const operator = await listenToEvents(t, url, headers)
  const others = await Promise.all(
    [key, reader].map((each) => listenToEvents(t, url, { authorization: `Bearer ${each}` })),
  )
  const versionId = await server.order({})
  const { event } = await operator.next()
  assert.equal(event, 'fleet')
  const { video_id: videoId } = await server.database
    .selectFrom('versions')
    .select('video_id')
    .where('id', '=', versionId)
    .executeTakeFirstOrThrow()
  await server.database
    .insertInto('events')
    .values({ video_id: videoId, type: 'video.file', data: '{}' })
    .execute()
  await notify(server.database, 'video', { videoId })
  for (const { next } of others) assert.equal((await next()).event, 'change')
})
