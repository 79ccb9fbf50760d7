import assert from 'node:assert/strict'
import { buffer } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import { type Config, readConfig } from '#config/config.ts'
import { openS3Server, skipWithoutRealS3 } from '../../../test/support/s3-server.ts'
import { waitFor } from '../../../test/support/wait-for.ts'
import type { SignedForm, Storage, StorageSigner } from '../contract.ts'
import { makeS3Client } from './client.ts'
import { openS3Storage } from './driver.ts'
import { makeSigner } from './signer.ts'

interface Signing {
  readonly storage: Storage
  readonly signer: StorageSigner
  readonly settings: Config
}

async function openSigning(t: TestContext, more: Partial<Config> = {}): Promise<Signing> {
  const settings = readConfig({}, { ...(await openS3Server(t)), ...more })
  const storage = await openS3Storage(settings)
  assert.ok(storage.signer)
  return { storage, signer: storage.signer, settings }
}

test('A signed address reads one object, with ranges, and no other (U11, M-43)', {
  skip: skipWithoutRealS3,
}, async (t) => {
  const { storage, signer } = await openSigning(t)
  await storage.put('sources/1/1/source', Buffer.from('0123456789'))
  await storage.put('sources/2/1/source', Buffer.from('not yours'))
  const url = await signer.get('sources/1/1/source', { expiresSeconds: 60 })
  const part = await fetch(url, { headers: { range: 'bytes=2-4' } })
  assert.equal(part.status, 206)
  assert.equal(await part.text(), '234')
  const other = await fetch(url.replace('sources/1/', 'sources/2/'))
  assert.equal(other.status, 403)
  const write = await fetch(url, { method: 'PUT', body: 'mine now' })
  assert.equal(write.status, 403)
})

test('A signed address names the file that it is saved as', async (t) => {
  const { storage, signer } = await openSigning(t)
  await storage.put('k', Buffer.from('x'))
  const url = await signer.get('k', { expiresSeconds: 60, filename: 'Füße "1".mp4' })
  const disposition = (await fetch(url)).headers.get('content-disposition')
  assert.equal(
    disposition,
    `attachment; filename="F__e _1_.mp4"; filename*=UTF-8''F%C3%BC%C3%9Fe%20%221%22.mp4`,
  )
})

test('A signed address ends with its time (U11)', async (t) => {
  const { storage, signer } = await openSigning(t)
  await storage.put('k', Buffer.from('x'))
  const url = await signer.get('k', { expiresSeconds: 1 })
  await waitFor('a refusal', async () => (await fetch(url)).status === 403)
})

test('A signed PUT takes one body of the size and type that were signed (U3, M-23)', {
  skip: skipWithoutRealS3,
}, async (t) => {
  const { storage, signer } = await openSigning(t)
  const signed = await signer.put('k', {
    expiresSeconds: 60,
    contentType: 'video/mp4',
    sizeBytes: 5,
  })
  const put = async (body: string, headers = signed.headers): Promise<number> =>
    (await fetch(signed.url, { method: 'PUT', body, headers })).status
  assert.equal(await put('123456'), 403)
  assert.equal(await put('1234'), 403)
  assert.equal(await put('12345', { 'content-type': 'text/html' }), 403)
  assert.equal(await storage.head('k'), null)
  assert.equal(await put('12345'), 200)
  assert.equal((await buffer(await storage.get('k'))).toString(), '12345')
})

test('A browser’s form with the signed fields uploads (M-23, M-07)', async (t) => {
  const { storage, form } = await openForm(t)
  assert.equal(await send(form, {}), 204)
  assert.equal((await storage.head('tmp/1/video/1'))?.sizeBytes, 5)
})

test('The storage refuses forms of another type, size, key or time (M-23)', {
  skip: skipWithoutRealS3,
}, async (t) => {
  const { storage, signer, form } = await openForm(t)
  assert.equal(await send(form, { type: 'text/html' }), 403)
  assert.equal(await send(form, { body: '12345678901' }), 400)
  const elsewhere = { ...form.fields, key: 'tmp/2/video/1' }
  assert.equal(await send({ ...form, fields: elsewhere }, {}), 403)
  assert.equal(await send({ ...form, fields: { ...form.fields, acl: 'public-read' } }, {}), 403)
  const short = await signer.post('tmp/3/video/1', { ...policy, expiresSeconds: 1 })
  await waitFor('a refusal', async () => (await send(short, {})) === 403)
  await storage.delete('tmp/3/video/1')
  assert.deepEqual(await Array.fromAsync(storage.list('')), [])
})

test('What is not signed is not read (M-43, C-26)', { skip: skipWithoutRealS3 }, async (t) => {
  const { storage, signer } = await openSigning(t)
  await storage.put('sources/1/1/source', Buffer.from('secret'))
  const [plain = ''] = (await signer.get('sources/1/1/source', { expiresSeconds: 60 })).split('?')
  assert.equal((await fetch(plain)).status, 403)
})

test('Only published videos have public addresses, at the CDN or the public bucket (M-09, C-43)', async (t) => {
  const server = await openS3Server(t)
  const open = async (more: Partial<Config>): Promise<StorageSigner | null> =>
    (await openS3Storage(readConfig({}, { ...server, ...more }))).signer
  assert.equal((await open({}))?.publicUrl('videos/1/1/a.mp4'), null)
  const cdn = await open({ s3PublicUrl: 'cdn.example.org' })
  assert.equal(cdn?.publicUrl('videos/1/1/a.mp4'), 'https://cdn.example.org/videos/1/1/a.mp4')
  assert.equal(cdn?.publicUrl('sources/1/1/source'), null)
  const two = await open({ s3PublicBucket: `${server.s3Bucket}-open`, s3Prefix: 'films' })
  assert.equal(
    two?.publicUrl('vod/1/a.mp4'),
    `${server.s3EndpointUrl}/${server.s3Bucket}-open/films/vod/1/a.mp4`,
  )
})

test('Addresses are signed for the server as those outside reach it', async (t) => {
  const { signer } = await openSigning(t, { s3SignedUrl: 'https://media.example.org' })
  assert.match(await signer.get('k', { expiresSeconds: 60 }), /^https:\/\/media\.example\.org\//)
  assert.match((await signer.post('k', policy)).url, /^https:\/\/media\.example\.org\/test-/)
})

test('Addresses name the bucket in their host where that is set (V-04, M-45)', async () => {
  const settings = readConfig({
    S3_ENDPOINT_URL: 's3.example.org',
    S3_FORCE_PATH_STYLE: 'false',
    S3_ACCESS_KEY_ID: 'a',
    S3_SECRET_ACCESS_KEY: 'b',
    S3_PUBLIC_BUCKET: 'open',
  })
  const client = makeS3Client(settings)
  const signer = makeSigner({ client, settings, main: 'films', all: ['films', 'open'] })
  const url = await signer.get('sources/1/1/source', { expiresSeconds: 60 })
  assert.match(url, /^https:\/\/films\.s3\.example\.org\/sources\/1\/1\/source\?/)
  assert.equal((await signer.post('tmp/1', policy)).url, 'https://films.s3.example.org')
  assert.equal(signer.publicUrl('videos/1/a'), 'https://open.s3.example.org/videos/1/a')
})

const policy = { expiresSeconds: 60, maxBytes: 10, contentTypePrefix: 'video/' }

async function openForm(t: TestContext): Promise<Signing & { readonly form: SignedForm }> {
  const opened = await openSigning(t)
  return { ...opened, form: await opened.signer.post('tmp/1/video/1', policy) }
}

/** Sends a form as a browser does: the fields, the type, then the file. */
async function send(
  { url, fields }: SignedForm,
  { type = 'video/mp4', body = '12345' }: { readonly type?: string; readonly body?: string },
): Promise<number> {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  form.set('Content-Type', type)
  form.set('file', new Blob([body], { type }), 'film.mp4')
  return (await fetch(url, { method: 'POST', body: form })).status
}
