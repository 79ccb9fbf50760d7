import assert from 'node:assert/strict'
import { text } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import type { Config } from '#config/config.ts'
import { type Links, linksOf } from '#flow/links/links-of.ts'
import type { Parts } from '#flow/parts.ts'
import { openTestHttpServer } from '../../../../test/support/http-server.ts'
import { insertVideoRows } from '../../../../test/support/video-rows.ts'

interface Opened {
  readonly links: Links
  readonly parts: Parts
  readonly url: string
  /** The video that waits for an upload under `key`. */
  readonly videoId: string
  readonly stored: (key: string) => Promise<string | null>
}

async function open(t: TestContext, settings: Partial<Config> = {}): Promise<Opened> {
  const { parts, url } = await openTestHttpServer(t, settings)
  const stored = async (key: string): Promise<string | null> =>
    (await parts.storage.head(key)) ? text(await parts.storage.get(key)) : null
  const { videoId } = await insertVideoRows(parts.database, { state: 'uploading' })
  await parts.database.updateTable('versions').set({ source_key: key }).execute()
  return { parts, url, videoId, links: linksOf(parts, url), stored }
}

async function codeOf(response: Response): Promise<string> {
  const { code } = (await response.json()) as { readonly code: string }
  return `${response.status} ${code}`
}

const hour = { expiresSeconds: 3600 }
const key = 'tmp/video/1'

test('A link reads one object, in ranges too, and nothing else (U11, WD14)', async (t) => {
  const { links, parts, url } = await open(t)
  await parts.storage.put(key, Buffer.from('0123456789'))
  const link = await links.get(key, { ...hour, filename: 'Übung "1".mp4' })
  const whole = await fetch(link)
  assert.deepEqual([whole.status, await whole.text()], [200, '0123456789'])
  assert.match(whole.headers.get('content-disposition') ?? '', /filename\*=UTF-8''%C3%9Cbung/)
  assert.match(whole.headers.get('cache-control') ?? '', /private/)
  const part = await fetch(link, { headers: { range: 'bytes=2-4' } })
  assert.deepEqual([part.status, await part.text()], [206, '234'])
  const head = await fetch(link, { method: 'HEAD' })
  assert.deepEqual([head.status, head.headers.get('content-length')], [200, '10'])
  for (const method of ['PUT', 'POST']) {
    const body = method === 'PUT' ? 'x' : form({ key })
    assert.equal(await codeOf(await fetch(link, { method, body })), '403 link_invalid', method)
  }
  for (const forged of [`${link}A`, link.replace(/\.[^.]+$/, '.AAAA'), `${url}/api/v1/links/x`]) {
    assert.equal(await codeOf(await fetch(forged)), '403 link_invalid')
  }
})

test('What a link says cannot be changed, nor does it outlast its time (U1, WD23)', async (t) => {
  const { links, url } = await open(t)
  const link = await links.get(key, hour)
  const [said = '', seal = ''] = link.slice(link.lastIndexOf('/') + 1).split('.')
  const grant = JSON.parse(Buffer.from(said, 'base64url').toString()) as Record<string, unknown>
  for (const change of [{ key: 'tmp/other/1' }, { allows: 'put' }, { expiresAtMs: 4e12 }]) {
    const changed = Buffer.from(JSON.stringify({ ...grant, ...change })).toString('base64url')
    const forged = await fetch(`${url}/api/v1/links/${changed}.${seal}`)
    assert.equal(await codeOf(forged), '403 link_invalid')
  }
  const past = await links.get(key, { expiresSeconds: -1 })
  assert.equal(await codeOf(await fetch(past)), '403 link_expired')
  await assert.rejects(links.get('../secret', hour), { code: 'key_invalid' })
})

test('Servers of one database know the links of each other', async (t) => {
  const { links, parts } = await open(t)
  const other = linksOf({ ...parts }, '')
  const strip = (link: string): string => link.slice(link.lastIndexOf('.'))
  t.mock.timers.enable({ apis: ['Date'], now: 1000 })
  assert.equal(strip(await links.get(key, hour)), strip(await other.get(key, hour)))
})

test('A link takes one object of the size and type that were signed (U1, U3)', async (t) => {
  const { links, stored } = await open(t, { sourceMaxBytes: 12 })
  const put = async (
    wanted: { readonly sizeBytes?: number; readonly contentType?: string },
    body: string,
  ): Promise<Response> => {
    const { url, headers } = await links.put(key, { ...hour, ...wanted })
    return fetch(url, { method: 'PUT', body, headers })
  }
  const done = await put({ sizeBytes: 5, contentType: 'video/mp4' }, 'hello')
  assert.equal(done.status, 200)
  assert.equal(await stored(key), 'hello')
  assert.equal(await codeOf(await put({ sizeBytes: 5 }, 'hell')), '400 invalid_request')
  assert.equal(await codeOf(await put({ sizeBytes: 5 }, 'hello!')), '413 payload_too_large')
  assert.equal(await codeOf(await put({}, 'much longer than that')), '413 payload_too_large')
  const { url } = await links.put(key, { ...hour, contentType: 'video/mp4' })
  const wrong = await fetch(url, {
    method: 'PUT',
    body: 'x',
    headers: { 'content-type': 'text/html' },
  })
  assert.equal(await codeOf(wrong), '415 media_type_refused')
  assert.equal(await stored(key), 'hello', 'a refused body changes nothing')
})

function form(fields: Record<string, string>, body = 'film', type = 'video/mp4'): FormData {
  const data = new FormData()
  for (const [name, value] of Object.entries(fields)) data.append(name, value)
  data.append('file', new Blob([body], { type }), 'film.mp4')
  return data
}

test("A browser's form uploads what its policy allows, and only that (M-23, M-24, WD23)", async (t) => {
  const { links, stored } = await open(t)
  const policy = { ...hour, maxBytes: 4, contentTypePrefix: 'video/' }
  const { url, fields } = await links.post(key, policy)
  const send = (body: FormData): Promise<Response> => fetch(url, { method: 'POST', body })
  assert.equal((await send(form(fields))).status, 204)
  assert.equal(await stored(key), 'film')
  assert.equal(await codeOf(await send(form(fields, 'films'))), '413 payload_too_large')
  assert.equal(await codeOf(await send(form(fields, 'x', 'text/html'))), '415 media_type_refused')
  const typed = form({ ...fields, 'Content-Type': 'text/html' }, 'x')
  assert.equal(await codeOf(await send(typed)), '415 media_type_refused')
  assert.equal(await codeOf(await send(form({ key: 'tmp/other/1' }, 'x'))), '403 link_invalid')
  assert.equal(await codeOf(await send(form({}, 'x'))), '403 link_invalid')
  assert.equal(await stored(key), 'film')
  assert.equal(await stored('tmp/other/1'), null)
  const none = new FormData()
  none.append('key', key)
  assert.equal(await codeOf(await send(none)), '400 invalid_request')
  const late = await links.post(key, { ...policy, expiresSeconds: -1 })
  const refused = await fetch(late.url, { method: 'POST', body: form(late.fields) })
  assert.equal(await codeOf(refused), '403 link_expired')
})

test('A link takes nothing once its upload has ended or its video is gone, also of who began before (U11, WD26)', async (t) => {
  const { links, parts, stored, videoId } = await open(t)
  const { url } = await links.put(key, { ...hour, sizeBytes: 4 })
  const { url: formUrl, fields } = await links.post(key, {
    ...{ ...hour, maxBytes: 4, contentTypePrefix: 'video/' },
  })
  const put = (body: string | ReadableStream<Uint8Array>) =>
    fetch(url, { method: 'PUT', body, duplex: 'half' } as RequestInit)
  assert.equal((await put('film')).status, 200)
  const late = new TransformStream<Uint8Array, Uint8Array>()
  const sender = late.writable.getWriter()
  const answer = put(late.readable)
  await sender.write(Buffer.from('oth'))
  await parts.database.updateTable('versions').set({ state: 'probing' }).execute()
  await sender.write(Buffer.from('r'))
  await sender.close()
  assert.equal(await codeOf(await answer), '410 upload_gone')
  assert.equal(await codeOf(await put('more')), '410 upload_gone')
  const send = () => fetch(formUrl, { method: 'POST', body: form(fields) })
  assert.equal(await codeOf(await send()), '410 upload_gone')
  await parts.database.deleteFrom('videos').where('id', '=', videoId).execute()
  assert.equal(await codeOf(await put('gone')), '410 upload_gone')
  assert.equal(await stored(key), 'film')
})

test('Pages of other sites may use a link, as one that S3 signed', async (t) => {
  const { links } = await open(t)
  const { url } = await links.put(key, hour)
  const origin = 'https://app.example'
  const asked = await fetch(url, { method: 'OPTIONS', headers: { origin } })
  assert.equal(asked.status, 204)
  assert.match(asked.headers.get('access-control-allow-methods') ?? '', /PUT/)
  const done = await fetch(url, { method: 'PUT', body: 'x', headers: { origin } })
  assert.equal(done.headers.get('access-control-allow-origin'), '*')
})
