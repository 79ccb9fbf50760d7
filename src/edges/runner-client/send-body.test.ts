import assert from 'node:assert/strict'
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import { type FormPart, makeForm } from './form.ts'
import { sendBody } from './send-body.ts'

async function serve(t: TestContext, listener: RequestListener): Promise<URL> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  return new URL(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/form`)
}

async function makeFile(t: TestContext, text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'reelmill-form-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const path = join(folder, 'file')
  await writeFile(path, text)
  return path
}

function filePart(path: string): FormPart {
  return { name: 'payload[videoFile]', file: { path, filename: 'a".mp4', type: 'video/mp4' } }
}

test('a form is sent with its length, as every reader of forms understands it (1.1, 2.9)', async (t) => {
  const path = await makeFile(t, 'bytes of the video')
  let length: string | undefined
  const received = Promise.withResolvers<FormData>()
  const url = await serve(t, (request, response) => {
    length = request.headers['content-length']
    const type = request.headers['content-type'] ?? ''
    const read = async () => {
      const body = new Uint8Array(await buffer(request))
      assert.equal(String(body.length), length)
      received.resolve(await new Response(body, { headers: { 'content-type': type } }).formData())
      response.writeHead(204).end()
    }
    read().catch(received.reject)
  })
  const form = await makeForm([{ name: 'progress', text: 'ü' }, filePart(path)])
  await sendBody({ method: 'POST', url, body: form })
  const fields = [...(await received.promise)]
  assert.deepEqual(
    fields.map(([name]) => name),
    ['progress', 'payload[videoFile]'],
  )
  const file = fields[1]?.[1]
  assert.ok(file instanceof File)
  assert.deepEqual(
    [fields[0]?.[1], file.type, await file.text()],
    ['ü', 'video/mp4', 'bytes of the video'],
  )
})

test('a file far larger than memory is sent without being held in it', async (t) => {
  const path = await makeFile(t, '')
  const size = 200 * 1024 ** 2
  await truncate(path, size)
  let received = 0
  let most = 0
  const url = await serve(t, (request, response) => {
    request.on('data', (piece: Buffer) => {
      received += piece.length
      most = Math.max(most, process.memoryUsage().arrayBuffers)
    })
    request.on('end', () => response.writeHead(204).end())
  })
  const before = process.memoryUsage().arrayBuffers
  await sendBody({ method: 'PUT', url, body: await makeForm([filePart(path)]) })
  assert.ok(received > size)
  assert.ok(most - before < size / 2, `${most - before} bytes were held`)
})

test('only 204 is success, and an early refusal is heard (1.1)', async (t) => {
  const path = await makeFile(t, '')
  await truncate(path, 8 * 1024 ** 2)
  const form = await makeForm([filePart(path)])
  const good = await serve(t, (request, response) => {
    request.resume().on('end', () => response.writeHead(200).end())
  })
  await assert.rejects(sendBody({ method: 'POST', url: good, body: form }), {
    code: 'server_refused',
  })
  const early = await serve(t, (_, response) => {
    const body = JSON.stringify({ code: 'runner_job_not_in_processing_state', detail: 'late' })
    response.writeHead(400, { 'content-type': 'application/problem+json' }).end(body)
  })
  await assert.rejects(sendBody({ method: 'POST', url: early, body: form }), {
    code: 'runner_job_not_in_processing_state',
  })
})

test('a server that never answers, and one that cannot be reached, may be asked again', async (t) => {
  const form = await makeForm([{ name: 'progress', text: '1' }])
  const url = await serve(t, (request) => void request.resume())
  await assert.rejects(sendBody({ method: 'POST', url, body: form, answerMs: 200 }), {
    code: 'server_unreachable',
  })
  const nobody = new URL('http://127.0.0.1:9/')
  await assert.rejects(sendBody({ method: 'POST', url: nobody, body: form }), {
    code: 'server_unreachable',
  })
})

test('a connection is kept for the next body where that was asked for', async (t) => {
  const ports: (number | undefined)[] = []
  const url = await serve(t, (request, response) => {
    ports.push(request.socket.remotePort)
    request.resume().on('end', () => response.writeHead(204).end())
  })
  const bytes = Buffer.alloc(1000)
  const body = { contentType: 'video/mp4', sizeBytes: bytes.length, read: () => [bytes] }
  const send = (keepsAlive: boolean) => sendBody({ method: 'PUT', url, body, keepsAlive })
  for (const keepsAlive of [true, true, false, false]) await send(keepsAlive)
  assert.equal(ports[0], ports[1])
  assert.equal(new Set(ports).size, 3)
})
