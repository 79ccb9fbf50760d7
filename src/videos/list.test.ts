import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import { createTestDatabase } from '../../test/support/database.ts'
import { insertVideoRows } from '../../test/support/video-rows.ts'
import { listVideos } from './list.ts'
import type { ListOrder } from './list-order.ts'
import type { ListFilters } from './list-page.ts'

const { database } = await createTestDatabase({ after })
const [ada, bea] = [randomUUID(), randomUUID()]

async function fill(): Promise<void> {
  for (const [id, name] of [
    [ada, 'ada'],
    [bea, 'bea'],
  ] as const) {
    await database
      .insertInto('users')
      .values({ id, name, role: 'uploader', password_hash: '' })
      .execute()
  }
  const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second))
  const videos = [
    { name: 'Alpha', state: 'published', published: true, createdAt: at(0) },
    { name: 'beta 100%', state: 'failed', createdAt: at(1) },
    { name: 'Gamma_1', state: 'encoding', playable: true, createdAt: at(2) },
    { name: 'gammaX1', state: 'encoding', createdAt: at(3) },
    { name: 'Delta', state: 'cancelled', playable: true, createdAt: at(4) },
  ] as const
  for (const [index, video] of videos.entries()) {
    const { videoId } = await insertVideoRows(database, video)
    await database
      .updateTable('videos')
      .set({
        owner_id: index % 2 === 0 ? ada : bea,
        visibility: index < 2 ? 'public' : 'private',
        profile: index === 0 ? 'short' : 'default',
        external_id: `e${index}`,
        metadata: JSON.stringify({ number: index, text: String(index), odd: index % 2 === 1 }),
      })
      .where('id', '=', videoId)
      .execute()
  }
}
await fill()

async function namesOf(filters: Partial<ListFilters>): Promise<string> {
  const { videos } = await listVideos(database, { limit: 10, baseUrl: '', ...filters })
  return videos.map(({ name }) => name).join(' ')
}

test('Videos are found by all that lists filter by (U80)', async () => {
  const cases: [Partial<ListFilters>, string][] = [
    [{}, 'Delta gammaX1 Gamma_1 beta 100% Alpha'],
    [{ states: ['failed', 'published'] }, 'beta 100% Alpha'],
    [{ states: [] }, ''],
    [{ ownerId: bea }, 'gammaX1 beta 100%'],
    [{ profile: 'short' }, 'Alpha'],
    [{ visibility: 'public' }, 'beta 100% Alpha'],
    [{ externalId: 'e3' }, 'gammaX1'],
    [{ q: 'GAMMA' }, 'gammaX1 Gamma_1'],
    [{ q: 'a_1' }, 'Gamma_1'],
    [{ q: '0%' }, 'beta 100%'],
    [{ createdAfter: new Date(Date.UTC(2026, 0, 1, 0, 0, 3)) }, 'Delta'],
    [{ createdBefore: new Date(Date.UTC(2026, 0, 1, 0, 0, 1)) }, 'Alpha'],
    [{ playable: true }, 'Gamma_1 Alpha'],
    [{ playable: false }, 'Delta gammaX1 beta 100%'],
    [{ metadata: { number: '3' } }, 'gammaX1'],
    [{ metadata: { text: '3', odd: 'true' } }, 'gammaX1'],
    [{ metadata: { text: '03' } }, ''],
    [{ viewer: { userId: bea } }, 'gammaX1 beta 100% Alpha'],
    [{ viewer: { userId: null } }, 'beta 100% Alpha'],
    [{ viewer: { userId: ada }, states: ['cancelled', 'encoding'] }, 'Delta Gamma_1'],
  ]
  for (const [filters, names] of cases) {
    assert.equal(await namesOf(filters), names, JSON.stringify(filters))
  }
})

test('Every order goes on from page to page without a gap or a double (U80)', async () => {
  const expected: Record<ListOrder, string> = {
    '-createdAt': 'Delta gammaX1 Gamma_1 beta 100% Alpha',
    createdAt: 'Alpha beta 100% Gamma_1 gammaX1 Delta',
    name: await sortedNames('asc'),
    '-name': await sortedNames('desc'),
  }
  for (const [sort, names] of Object.entries(expected)) {
    const found: string[] = []
    let cursor: string | null = null
    do {
      const page = await listVideos(database, {
        ...{ limit: 2, baseUrl: '', sort: sort as ListOrder },
        ...(cursor === null ? {} : { cursor }),
      })
      found.push(...page.videos.map(({ name }) => name))
      cursor = page.next
    } while (cursor !== null)
    assert.equal(found.join(' '), names, sort)
  }
})

async function sortedNames(direction: 'asc' | 'desc'): Promise<string> {
  const rows = await database
    .selectFrom('videos')
    .select('name')
    .orderBy(sql`lower(name)`, direction)
    .execute()
  return rows.map(({ name }) => name).join(' ')
}

test('A cursor of another order, or of nobody, is refused', async () => {
  const { next } = await listVideos(database, { limit: 1, baseUrl: '' })
  assert.ok(next)
  const forged = Buffer.from(JSON.stringify(['-createdAt', 'now()', randomUUID()])).toString(
    'base64url',
  )
  for (const [sort, cursor] of [
    ['name', next],
    ['-createdAt', forged],
    ['-createdAt', 'x'],
  ] as const) {
    await assert.rejects(listVideos(database, { limit: 1, baseUrl: '', sort, cursor }), {
      code: 'invalid_request',
    })
  }
})

test('The state that lists look at is the latest version’s, whoever changes it', async () => {
  const { videoId, versionId } = await insertVideoRows(database, { state: 'encoding' })
  const stateOf = async () =>
    (
      await database
        .selectFrom('videos')
        .select('state')
        .where('id', '=', videoId)
        .executeTakeFirstOrThrow()
    ).state
  assert.equal(await stateOf(), 'encoding')
  await database
    .updateTable('versions')
    .set({ state: 'failed' })
    .where('id', '=', versionId)
    .execute()
  assert.equal(await stateOf(), 'failed')
  const number = { latest_version: 2 }
  await database.updateTable('videos').set(number).where('id', '=', videoId).execute()
  const second = { id: randomUUID(), video_id: videoId, number: 2, state: 'probing' } as const
  await database
    .insertInto('versions')
    .values({ ...second, source_key: 's', prefix: 'p' })
    .execute()
  assert.equal(await stateOf(), 'probing')
  await database.deleteFrom('versions').where('id', '=', second.id).execute()
  await database
    .updateTable('videos')
    .set({ latest_version: 1 })
    .where('id', '=', videoId)
    .execute()
  assert.equal(await stateOf(), 'failed')
})
