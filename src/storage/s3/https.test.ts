import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { request } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { execa } from 'execa'
import { makeFolder } from '../../../test/support/files.ts'
import { openS3Server } from '../../../test/support/s3-server.ts'

const openssl = '/usr/bin/openssl'
const driver = new URL('driver.ts', import.meta.url).href
const config = new URL('../../config/config.ts', import.meta.url).href
const program = `
  import { readConfig } from ${JSON.stringify(config)}
  import { openS3Storage } from ${JSON.stringify(driver)}
  const storage = await openS3Storage(readConfig(process.env))
  const { sizeBytes } = await storage.put('k', Buffer.from('by https'))
  process.stdout.write(String(sizeBytes))`

test('An S3 server with a certificate of its own is trusted by NODE_EXTRA_CA_CERTS (V-04, V-34)', {
  skip: !existsSync(openssl) && `There is no ${openssl}`,
}, async (t) => {
  const server = await openS3Server(t)
  const { certificate, port } = await openTlsProxy(t, server.s3EndpointUrl ?? '')
  const env = {
    S3_ENDPOINT_URL: `localhost:${port}`,
    S3_ACCESS_KEY_ID: server.s3AccessKeyId ?? '',
    S3_SECRET_ACCESS_KEY: server.s3SecretAccessKey ?? '',
    S3_BUCKET: server.s3Bucket ?? '',
    S3_CREATE_BUCKET: 'true',
  }
  const trusting = await run({ ...env, NODE_EXTRA_CA_CERTS: certificate })
  assert.equal(trusting.stdout, '8')
  const wary = await run(env)
  assert.notEqual(wary.exitCode, 0)
  assert.match(wary.stderr, /storage_unavailable/)
  assert.match(wary.stderr, /self-signed certificate/)
})

async function run(env: Record<string, string>) {
  const options = ['--input-type=module', '-e', program]
  return execa(process.execPath, options, { env, stdin: 'ignore', reject: false })
}

/** TLS in front of a server, with a certificate that nobody has signed. */
async function openTlsProxy(t: TestContext, origin: string) {
  const folder = await makeFolder(t)
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')]
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '1']
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']
  const files = ['-keyout', key, '-out', certificate]
  execFileSync(openssl, ['req', '-x509', ...kind, ...names, ...files], { stdio: 'ignore' })
  const keys = { key: readFileSync(key), cert: readFileSync(certificate) }
  const server = createServer(keys, (incoming, answer) => {
    const { method, url, headers } = incoming
    const outgoing = request(`${origin}${url}`, { method, headers }, (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers)
      response.pipe(answer)
    })
    incoming.pipe(outgoing)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(async () => {
    server.close()
    server.closeAllConnections()
    await once(server, 'close')
  })
  return { certificate, port: (server.address() as AddressInfo).port }
}
