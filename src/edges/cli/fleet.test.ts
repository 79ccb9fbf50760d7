import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { startProtocolServer } from '../../../test/support/protocol-server.ts'
import type { JobItem, RunnerItem, TokenItem } from './desk/fleet-desk.ts'

const program = fileURLToPath(new URL('../../reelmill.ts', import.meta.url))
const key = 'a-long-enough-key'
const server = await startProtocolServer({ after }, { adminKey: key })

interface Place {
  readonly name: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

/** The same data, by its database and by its server. */
const places: readonly Place[] = [
  { name: 'database', args: [], env: { DATABASE_URL: server.databaseUrl } },
  { name: 'server', args: ['--server', server.url], env: { ADMIN_KEY: key } },
]

function reelmill(place: Place, ...args: string[]) {
  return execa(process.execPath, [program, ...args, ...place.args], {
    reject: false,
    extendEnv: false,
    env: { PATH: process.env['PATH'] ?? '', LOG_LEVEL: 'error', ...place.env },
  })
}

async function listed<Item>(place: Place, ...args: string[]): Promise<Item[]> {
  const { exitCode, stdout, stderr } = await reelmill(place, ...args, '--json')
  assert.deepEqual([exitCode, stderr], [0, ''], place.name)
  return JSON.parse(stdout) as Item[]
}

for (const place of places) {
  test(`runners are listed, drained, disabled, enabled and removed, by the ${place.name} (U84)`, async () => {
    const name = `runner-by-${place.name}`
    const runner = await server.register({ name })
    const job = await server.hold(runner)
    const find = async () =>
      (await listed<RunnerItem>(place, 'runners')).find((each) => each.name === name)
    const before = await find()
    assert.deepEqual([before?.state, before?.online, before?.jobs], ['active', true, 1])
    assert.ok(!JSON.stringify(before).includes('ptrt-'))
    const drained = await reelmill(place, 'runners', 'drain', name, '--reason', 'new disk')
    assert.equal(drained.stdout, `Runner ${name} is now: draining`)
    assert.equal((await find())?.stateReason, 'new disk')
    const table = await reelmill(place, 'runners', 'list')
    assert.match(table.stdout, new RegExp(`${name} +draining +yes +1 of 1 .*new disk`))
    await reelmill(place, 'runners', 'disable', name)
    assert.equal((await server.readJob(job.uuid)).state, 'pending')
    const enabled = await reelmill(place, 'runners', 'enable', name, '--json')
    assert.equal((JSON.parse(enabled.stdout) as RunnerItem).state, 'active')
    const removed = await reelmill(place, 'runners', 'remove', name)
    assert.equal(removed.stdout, `Removed runner: ${name}`)
    const twice = await reelmill(place, 'runners', 'remove', name)
    assert.deepEqual([twice.exitCode, twice.stdout], [1, ''])
    assert.match(twice.stderr, /no runner/)
  })

  test(`jobs are listed by filters, cancelled, retried and deleted, by the ${place.name} (U84, D-93)`, async () => {
    const runner = await server.register({ name: `worker-${place.name}` })
    const job = await server.hold(runner)
    const find = (...filter: string[]) => listed<JobItem>(place, 'jobs', 'list', ...filter)
    const [found, ...others] = await find('--search', `worker-${place.name}`)
    assert.deepEqual(others, [])
    assert.deepEqual([found?.uuid, found?.state], [job.uuid, 'processing'])
    assert.equal(found?.runner, `worker-${place.name}`)
    assert.deepEqual(await find('--video', found.videoId), [found])
    assert.deepEqual(await find('--video', found.videoId, '--state', 'completed'), [])
    assert.deepEqual(await find('--video', found.videoId, '--type', 'video-transcription'), [])
    assert.equal((await find('--limit', '1')).length, 1)
    const cancelled = await reelmill(place, 'jobs', 'cancel', job.uuid)
    assert.equal(cancelled.stdout, `Cancelled job: ${job.uuid}`)
    assert.equal((await server.readJob(job.uuid)).state, 'cancelled')
    const twice = await reelmill(place, 'jobs', 'cancel', job.uuid)
    assert.deepEqual([twice.exitCode, twice.stdout], [1, ''])
    await server.database.updateTable('versions').set({ plan: '{}' }).execute()
    const retried = await reelmill(place, 'jobs', 'retry', job.uuid)
    assert.equal(retried.stdout, `Retried job: ${job.uuid}`)
    assert.equal((await server.readJob(job.uuid)).state, 'pending')
    const again = await reelmill(place, 'jobs', 'retry', job.uuid)
    assert.match(again.stderr, /It is pending/)
    const deleted = await reelmill(place, 'jobs', 'delete', job.uuid, '--json')
    assert.deepEqual(JSON.parse(deleted.stdout), { uuid: job.uuid, deleted: true })
    assert.deepEqual(await find('--search', job.uuid), [])
    assert.equal((await reelmill(place, 'jobs', 'delete', 'nonsense')).exitCode, 2)
  })

  test(`a token is made, listed and revoked, by the ${place.name} (D-90, D-91, U61)`, async () => {
    const { stdout } = await reelmill(place, 'token', 'create')
    const token = stdout.split(' ').at(-1) ?? ''
    assert.match(stdout, /^Created token: ptrrt-[0-9a-f-]{36}$/)
    await server.register({ registrationToken: token, name: `first-${place.name}` })
    const find = async () =>
      (await listed<TokenItem>(place, 'token', 'list')).find(({ hint }) => token.endsWith(hint))
    const made = await find()
    assert.equal(made?.runners, 1)
    assert.equal((await reelmill(place, 'token', 'revoke', String(made.id))).exitCode, 0)
    const late = { registrationToken: token, name: `late-${place.name}` }
    assert.equal((await server.post('/register', late)).status, 404)
    assert.equal((await reelmill(place, 'token', 'revoke', String(made.id))).exitCode, 1)
  })
}
