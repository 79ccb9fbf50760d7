import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { cancelJobs } from '#jobs/cancel.ts'
import { countLockWaits } from '../../test/support/lock-waits.ts'
import {
  type HeldJob,
  startProtocolServer,
  type TestRunner,
} from '../../test/support/protocol-server.ts'
import { waitFor } from '../../test/support/wait-for.ts'
import { lockVersion } from './lock-version.ts'
import { loseJobs } from './lose-jobs.ts'
import { dismissRunner, replaceLocalRunner } from './runner-leaves.ts'
import { setRunnerState } from './runner-state.ts'

const server = await startProtocolServer({ after })
const { parts } = server
const repetitions = 15

const fail = ({ uuid, ...tokens }: HeldJob) =>
  server.post(`/jobs/${uuid}/error`, { ...tokens, message: 'no' })

const readStanding = ({ id }: TestRunner) =>
  parts.database
    .selectFrom('runners')
    .select(['state', 'set_asides', 'quick_failures'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()

test('a runner that is removed while it accepts leaves no job behind (WD16)', async () => {
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    const runner = await server.register()
    const [job] = await server.listJobs(await server.order({}))
    const uuid = job?.uuid ?? ''
    const { runnerToken } = runner
    const [answer] = await Promise.all([
      server.post(`/jobs/${uuid}/accept`, { runnerToken }),
      dismissRunner(parts, runner.id),
    ])
    assert.ok([200, 404].includes(answer.status), String(answer.status))
    const { state, runner_id, failures } = await server.readJob(uuid)
    assert.deepEqual([state, runner_id, failures], ['pending', null, 0])
  }
})

test('a runner that is removed while it fails ends without a deadlock (WD16)', async () => {
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    const runner = await server.register()
    const jobs = await Promise.all(Array.from({ length: 3 }, () => server.hold(runner)))
    const [, ...answers] = await Promise.all([dismissRunner(parts, runner.id), ...jobs.map(fail)])
    for (const { status } of answers) assert.ok([204, 404].includes(status), String(status))
    for (const { uuid } of jobs) {
      const { state, runner_id } = await server.readJob(uuid)
      assert.deepEqual([state, runner_id], ['pending', null])
    }
  }
})

for (const [title, leave] of [
  ['removed', (id: number) => dismissRunner(parts, id)],
  ['disabled', (id: number) => setRunnerState(parts, id, { state: 'disabled' })],
] as const) {
  test(`a runner that is ${title} while one of its jobs fails the video of all: neither waits for the other's end`, async () => {
    const runner = await server.register()
    const versionId = await server.order({}, {}, {})
    const rows = await server.listJobs(versionId)
    for (const { uuid } of rows) await server.accept(uuid, runner)
    let leaving: Promise<void> | undefined
    await parts.database.transaction().execute(async (tx) => {
      await lockVersion(tx, versionId)
      const failing = rows[1]?.id ?? 0
      await tx.selectFrom('jobs').select('id').where('id', '=', failing).forUpdate().execute()
      leaving = leave(runner.id)
      await waitFor('a wait', async () => (await countLockWaits(parts.database)) > 0)
      await cancelJobs(tx, versionId)
    })
    await leaving
    const states = (await server.listJobs(versionId)).map(({ state }) => state)
    assert.deepEqual(states, ['cancelled', 'cancelled', 'cancelled'])
  })
}

test('many failures at once set a runner aside at most once', async () => {
  const good = await server.register()
  await parts.database
    .insertInto('runner_skills')
    .values({ runner_id: good.id, job_type: 'vod-chunk-encoding' })
    .execute()
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    const runner = await server.register()
    const jobs = await Promise.all(Array.from({ length: 12 }, () => server.hold(runner)))
    const answers = await Promise.all(jobs.map(fail))
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([204]))
    const { state, set_asides } = await readStanding(runner)
    assert.ok(state === 'active' ? set_asides === 0 : set_asides === 1)
  }
})

test("what a local runner held when its server ended is offered anew, and is nobody's failure", async () => {
  const local = await replaceLocalRunner(parts, 'local-1', 1)
  const job = await server.hold(local, { encoders: [] })
  for (let start = 1; start <= 6; start += 1) {
    const again = await replaceLocalRunner(parts, 'local-1', 1)
    assert.equal((await fail({ ...job, runnerToken: local.runnerToken })).status, 404)
    assert.equal((await server.readJob(job.uuid)).state, 'pending')
    await server.accept(job.uuid, again)
  }
  // A job that takes the whole machine with it each time ends all the same.
  for (let start = 7; start < 20; start += 1) {
    await server.accept(job.uuid, await replaceLocalRunner(parts, 'local-1', 1))
  }
  await replaceLocalRunner(parts, 'local-1', 1)
  const { state, error } = await server.readJob(job.uuid)
  assert.deepEqual([state, error?.['code']], ['errored', 'server_lost'])
})

test('what a local runner held when it died by itself counts, so that deadly jobs end', async () => {
  const local = await replaceLocalRunner(parts, 'local-2', 1)
  const job = await server.hold(local, { encoders: ['that nobody else has'] })
  for (let death = 1; death < 5; death += 1) {
    await loseJobs(parts, local.id, 'runner_lost')
    assert.deepEqual((await server.readJob(job.uuid)).state, 'pending')
    await server.accept(job.uuid, local)
  }
  await loseJobs(parts, local.id, 'runner_lost')
  const { state, error } = await server.readJob(job.uuid)
  assert.deepEqual([state, error?.['code']], ['errored', 'runner_lost'])
})
