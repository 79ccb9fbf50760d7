import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { listFiles } from '../support/files.ts'
import { killProcess } from '../support/processes.ts'
import { type HeldJob, prefix } from '../support/protocol-server.ts'
import { waitFor } from '../support/wait-for.ts'
import { codeOf, openFarm } from './farm.ts'
import { sendTranscript, transcriptForm, transcriptJob, vtt } from './transcripts.ts'

const farm = await openFarm({ after }, { servers: 2 })
const runner = await farm.register()
const storageDir = join(farm.dataDir, 'storage')

/** A held transcription with a child that waits for it; another job keeps the version busy. */
async function holdParent(): Promise<HeldJob & { versionId: string; child: string }> {
  const versionId = await farm.order(transcriptJob, { ...transcriptJob, parent: 0 }, {})
  const [row, child] = await farm.listJobs(versionId)
  const held = await farm.accept(row?.uuid ?? '', runner)
  return { ...held, versionId, child: child?.uuid ?? '' }
}

const whenState = (uuid: string, state: string) =>
  waitFor(`${uuid} ${state}`, async () => (await farm.readJob(uuid)).state === state)

async function prefixOf(versionId: string): Promise<string> {
  const row = await farm.database
    .selectFrom('versions')
    .select('prefix')
    .where('id', '=', versionId)
    .executeTakeFirstOrThrow()
  return row.prefix
}

const stagedFiles = async (): Promise<string[]> =>
  (await listFiles(storageDir)).filter((path) => path.startsWith('results/'))

test('a success that lacks a file or a text is 400, changes nothing, and leaves nothing behind (D-58)', async () => {
  const job = await holdParent()
  const before = await farm.readJob(job.uuid)
  for (const field of ['payload[vttFile]', 'payload[inputLanguage]']) {
    const form = transcriptForm(job)
    form.delete(field)
    const { status } = await farm.post(`/jobs/${job.uuid}/success`, form)
    assert.equal(status, 400, field)
  }
  const strange = transcriptForm(job)
  strange.append('payload[../../../evil]', new Blob(['x']), '../../evil')
  assert.equal((await farm.post(`/jobs/${job.uuid}/success`, strange)).status, 400)
  const json = await farm.post(`/jobs/${job.uuid}/success`, { ...tokensOf(job), payload: {} })
  assert.equal(json.status, 400)
  assert.deepEqual(await farm.readJob(job.uuid), before)
  assert.deepEqual(await stagedFiles(), [])
  assert.deepEqual(await listFiles(join(farm.dataDir, 'tmp')), [])
})

test('nobody but the holder hands anything in, and what strangers send is kept nowhere (D-60, WD1)', async () => {
  const job = await holdParent()
  const stranger = await farm.hold(await farm.register(), transcriptJob)
  const before = await farm.readJob(job.uuid)
  for (const tokens of [
    { ...job, jobToken: stranger.jobToken },
    { ...job, runnerToken: stranger.runnerToken },
    { jobToken: stranger.jobToken, runnerToken: stranger.runnerToken },
  ]) {
    const form = transcriptForm(tokens, { text: vtt.repeat(50_000) })
    const refused = await farm.post(`/jobs/${job.uuid}/success`, form)
    assert.equal(refused.status, 404)
    assert.notEqual(codeOf(refused), 'unknown_runner_token')
  }
  assert.deepEqual(await farm.readJob(job.uuid), before)
  assert.deepEqual(await stagedFiles(), [])
})

test('a form whose files come before its tokens is taken too (D-58)', async () => {
  const job = await holdParent()
  const form = new FormData()
  const ordered = [...transcriptForm(job).entries()].toReversed()
  for (const [name, value] of ordered) form.append(name, value)
  assert.equal((await farm.post(`/jobs/${job.uuid}/success`, form)).status, 204)
  await whenState(job.uuid, 'completed')
})

test('one success told at once at two servers, and again when all is done, has effect once (WD2)', async () => {
  for (let round = 0; round < 8; round += 1) {
    const job = await holdParent()
    const answers = await Promise.all(farm.wires.map((wire) => sendTranscript(wire, job)))
    assert.deepEqual(
      answers.map(({ status }) => status),
      [204, 204],
    )
    await whenState(job.uuid, 'completed')
    await whenState(job.child, 'pending')
    const done = await farm.readJob(job.uuid)
    assert.equal((await sendTranscript(farm, job)).status, 204)
    assert.deepEqual(await farm.readJob(job.uuid), done)
    const files = await listFiles(join(storageDir, await prefixOf(job.versionId)))
    assert.deepEqual(files, ['transcript-en.vtt'])
  }
  await waitFor('nothing left behind', async () => (await stagedFiles()).length === 0)
})

test('a late update of a completing or completed job is 204; abort and error are 400 with the code (D-109)', async () => {
  const job = await holdParent()
  assert.equal((await sendTranscript(farm, job)).status, 204)
  const { uuid } = job
  const late = await farm.post(`/jobs/${uuid}/update`, { ...tokensOf(job), progress: 100 })
  assert.equal(late.status, 204)
  for (const [verb, fields] of [
    ['abort', { reason: 'stop' }],
    ['error', { message: 'no' }],
  ] as const) {
    const refused = await farm.post(`/jobs/${uuid}/${verb}`, { ...tokensOf(job), ...fields })
    assert.deepEqual([refused.status, codeOf(refused)], [400, 'runner_job_not_in_processing_state'])
  }
  await whenState(uuid, 'completed')
})

test('a result that is not what was ordered counts against the job, and its children wait (WD5, D-58)', async () => {
  const job = await holdParent()
  assert.equal((await sendTranscript(farm, job, { text: 'no subtitles' })).status, 204)
  await whenState(job.uuid, 'pending')
  const row = await farm.readJob(job.uuid)
  assert.deepEqual([row.failures, row.job_token_hash, row.result], [1, null, null])
  assert.equal((await farm.readJob(job.child)).state, 'waiting_for_parent')
  assert.equal((await sendTranscript(farm, job)).status, 404)
})

test('where the result cannot be stored, that is tried again without the runner, and children wait for it (WD5)', async () => {
  const job = await holdParent()
  const folder = join(storageDir, await prefixOf(job.versionId))
  await mkdir(dirname(folder), { recursive: true })
  await rm(folder, { recursive: true, force: true })
  await writeFile(folder.replace(/\/$/, ''), 'a file where the folder should be')
  assert.equal((await sendTranscript(farm, job)).status, 204)
  // A second success, of a job that is completing.
  assert.equal((await sendTranscript(farm, job)).status, 204)
  await waitFor('a try that failed', () =>
    farm.servers.some(({ program }) => {
      const log = `${program.stdout()}${program.stderr()}`
      return log
        .split('\n')
        .some((line) => line.includes('a step failed') && line.includes(job.uuid))
    }),
  )
  assert.equal((await farm.readJob(job.uuid)).state, 'completing')
  assert.equal((await farm.readJob(job.child)).state, 'waiting_for_parent')
  await rm(folder.replace(/\/$/, ''))
  await whenState(job.uuid, 'completed')
  await whenState(job.child, 'pending')
  assert.equal((await farm.readJob(job.uuid)).failures, 0)
})

test('a server that is killed after its 204 has lost nothing: another completes the job (WD5)', async () => {
  const victim = await farm.start()
  const jobs = await Promise.all([holdParent(), holdParent(), holdParent()])
  const api = `${victim.url}${prefix}`
  for (const job of jobs) {
    const { status } = await fetch(`${api}/jobs/${job.uuid}/success`, {
      method: 'POST',
      body: transcriptForm(job),
    })
    assert.equal(status, 204)
  }
  killProcess(victim.program.pid)
  for (const job of jobs) {
    await whenState(job.uuid, 'completed')
    await whenState(job.child, 'pending')
    const files = await listFiles(join(storageDir, await prefixOf(job.versionId)))
    assert.deepEqual(files, ['transcript-en.vtt'])
  }
})

test('a server that is killed in the middle of an upload leaves the job with its runner (WD5)', async () => {
  const victim = await farm.start()
  const job = await holdParent()
  const stalled = new ReadableStream<Uint8Array>({
    start: (controller) => {
      const boundary = '--b\r\nContent-Disposition: form-data; name='
      const texts = Object.entries(tokensOf(job)).map(
        ([name, value]) => `${boundary}"${name}"\r\n\r\n${value}\r\n`,
      )
      const file = `${boundary}"payload[vttFile]"; filename="a.vtt"\r\n\r\n${vtt}`
      controller.enqueue(new TextEncoder().encode(texts.join('') + file))
    },
  })
  const sending = fetch(`${victim.url}${prefix}/jobs/${job.uuid}/success`, {
    method: 'POST',
    headers: { 'content-type': 'multipart/form-data; boundary=b' },
    body: stalled,
    duplex: 'half',
  } as RequestInit).catch((error: unknown) => error)
  await waitFor('bytes that were taken in', async () => {
    const files = await listFiles(join(farm.dataDir, 'tmp'))
    return files.length > 0
  })
  killProcess(victim.program.pid)
  assert.ok((await sending) instanceof Error)
  assert.equal((await farm.readJob(job.uuid)).state, 'processing')
  assert.equal((await sendTranscript(farm, job)).status, 204)
  await whenState(job.uuid, 'completed')
})

test('a result in a language that is not known ends the transcript with its reason (WD17)', async () => {
  const job = await holdParent()
  assert.equal((await sendTranscript(farm, job, { language: 'klingon' })).status, 204)
  await whenState(job.uuid, 'errored')
  assert.equal((await farm.readJob(job.uuid)).error?.['code'], 'language_unsupported')
})

test('a success of a job that is not there is 404, and its bytes go nowhere', async () => {
  const form = transcriptForm({ jobToken: 'ptrjt-no', runnerToken: runner.runnerToken })
  const { status } = await farm.post(`/jobs/${randomUUID()}/success`, form)
  assert.equal(status, 404)
})

function tokensOf({ jobToken, runnerToken }: HeldJob): { jobToken: string; runnerToken: string } {
  return { jobToken, runnerToken }
}
