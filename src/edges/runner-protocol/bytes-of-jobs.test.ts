import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { after, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { maxSegmentBytes } from '#flow/hand-in.ts'
import { makeSourceTicket } from '#jobs/source-ticket.ts'
import { type HeldJob, prefix, startProtocolServer } from '../../../test/support/protocol-server.ts'
import { waitFor } from '../../../test/support/wait-for.ts'

const server = await startProtocolServer({ after })
const runner = await server.register()
const bytes = Buffer.from('0123456789')

async function holdWithSource(): Promise<HeldJob & { versionId: string }> {
  const job = await server.hold(runner)
  const { source_key } = await server.parts.database
    .selectFrom('versions')
    .select('source_key')
    .where('id', '=', job.versionId)
    .executeTakeFirstOrThrow()
  await server.parts.storage.put(source_key, bytes)
  return job
}

function headersOf({ runnerToken, jobToken }: HeldJob): Record<string, string> {
  return { 'x-runner-token': runnerToken, 'x-job-token': jobToken }
}

function fetchSource(
  { uuid, jobToken }: HeldJob,
  headers: Record<string, string> = {},
  ticket = makeSourceTicket(jobToken),
): Promise<Response> {
  return fetch(`${server.url}${prefix}/jobs/${uuid}/source/${ticket}`, { headers })
}

function handIn(
  job: HeldJob,
  path: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers = headersOf(job),
) {
  return fetch(`${server.url}${prefix}/jobs/${job.uuid}/tracks/${path}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/octet-stream', ...headers },
    body,
  })
}

test('the holder of a job reads its source, whole or in parts', async () => {
  const job = await holdWithSource()
  const whole = await fetchSource(job)
  assert.equal(whole.status, 200)
  assert.equal(whole.headers.get('content-length'), '10')
  assert.equal(whole.headers.get('accept-ranges'), 'bytes')
  assert.equal(await whole.text(), '0123456789')
  const part = await fetchSource(job, { range: 'bytes=3-' })
  assert.equal(part.status, 206)
  assert.equal(part.headers.get('content-range'), 'bytes 3-9/10')
  assert.equal(await part.text(), '3456789')
  const none = await fetchSource(job, { range: 'bytes=99-' })
  assert.equal(none.status, 416)
})

test('nobody else reads it, and the holder only while the job is its (WD14)', async () => {
  const job = await holdWithSource()
  const other = await server.hold(await server.register())
  assert.equal((await fetchSource(job, {}, makeSourceTicket(other.jobToken))).status, 404)
  assert.equal((await fetchSource(job, {}, 'short')).status, 400)
  const { uuid, ...tokens } = job
  await server.post(`/jobs/${uuid}/abort`, { ...tokens, reason: 'stop' })
  assert.equal((await fetchSource(job)).status, 404)
})

test('bytes of strangers are turned away before they are read, with a clean answer', async () => {
  const job = await holdWithSource()
  const other = await server.hold(await server.register())
  const large = new Uint8Array(8 * 1024 * 1024)
  const refused = await handIn(job, '90p/segments/0', large, headersOf(other))
  assert.equal(refused.status, 404)
  assert.equal(((await refused.json()) as { code: string }).code, 'runner_job_not_found')
  assert.equal((await handIn(job, '90p/init', large, { 'x-job-token': 'a' })).status, 400)
})

test('what is no segment is refused with a reason, and the job goes on', async () => {
  const job = await holdWithSource()
  const refused = await handIn(job, '90p/init', 'no boxes at all')
  assert.equal(refused.status, 422)
  assert.equal(((await refused.json()) as { code: string }).code, 'segment_refused')
  assert.equal((await handIn(job, '..%2f90p/init', 'x')).status, 400)
  assert.equal((await handIn(job, '90p/segments/-1', 'x')).status, 400)
  assert.equal((await server.readJob(job.uuid)).state, 'processing')
})

/** Sends the beginning of a segment that is as large as any may be; says whether it was read. */
function beginLargest(job: HeldJob): { readonly isRead: () => boolean; readonly stop: () => void } {
  const { hostname, port } = new URL(server.url)
  const socket = connect(Number(port), hostname)
  socket.on('error', () => undefined)
  const headers = {
    host: hostname,
    'content-type': 'application/octet-stream',
    'content-length': maxSegmentBytes,
    ...headersOf(job),
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  const path = `${prefix}/jobs/${job.uuid}/tracks/90p/segments/0`
  socket.write(`PUT ${path} HTTP/1.1\r\n${lines.join('')}\r\n`)
  // More than the system keeps for a reader that does not come.
  socket.write(Buffer.alloc(24 * 1024 * 1024))
  return { isRead: () => socket.writableLength === 0, stop: () => socket.destroy() }
}

test('of the largest segments two are taken in at once, and others come by them', async (t) => {
  const jobs = [await holdWithSource(), await holdWithSource(), await holdWithSource()]
  const largest = jobs.map(beginLargest)
  t.after(() => largest.forEach(({ stop }) => stop()))
  const countRead = () => largest.filter(({ isRead }) => isRead()).length
  await waitFor('two that are read', () => countRead() === 2)
  const ordinary = await handIn(await holdWithSource(), '90p/segments/0', 'a segment')
  assert.equal(ordinary.status, 422)
  // The third would be read by now.
  await delay(300)
  assert.equal(countRead(), 2)
  largest.find(({ isRead }) => isRead())?.stop()
  await waitFor('the third', () => largest.every(({ isRead }) => isRead()))
})
