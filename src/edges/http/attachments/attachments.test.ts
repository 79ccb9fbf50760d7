import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { execa } from 'execa'
import { readJpegSize } from '#media/pictures/read-jpeg-size.ts'
import type { VideoView } from '#videos/video-view.ts'
import { openTestHttpServer } from '../../../../test/support/http-server.ts'
import { insertVideoRows } from '../../../../test/support/video-rows.ts'

interface Form {
  readonly url: string
  readonly fields: Readonly<Record<string, string>>
}

type Answered = VideoView & { readonly id: string; readonly code?: string }

async function open(t: TestContext) {
  const { parts, url } = await openTestHttpServer(t)
  const { videoId } = await insertVideoRows(parts.database, { published: true })
  const call = async <Body = Answered>(method: string, path: string, body?: object) => {
    const response = await fetch(`${url}/api/v1/videos/${videoId}${path}`, {
      method,
      ...(body
        ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
        : {}),
    })
    const text = await response.text()
    return { status: response.status, body: (text ? JSON.parse(text) : null) as Body }
  }
  const upload = async (folder: string, id: string, bytes: Buffer, type: string) => {
    const asked = { filename: 'file', size: bytes.length }
    const { body } = await call<Form>('POST', `/${folder}/${id}/initiate-upload`, asked)
    const form = new FormData()
    for (const [name, value] of Object.entries(body.fields)) form.append(name, value)
    form.append('file', new Blob([new Uint8Array(bytes)], { type }), 'file')
    const sent = await fetch(body.url, { method: 'POST', body: form })
    assert.equal(sent.status, 204, await sent.text())
    const file_key = body.fields['key'] ?? ''
    return { file_key, ...(await call('POST', `/${folder}/${id}/upload-ended`, { file_key })) }
  }
  /** Its address says where the server would be in earnest. */
  const show = (address: string | null | undefined) => fetch(url + new URL(address ?? '').pathname)
  return { parts, videoId, call, upload, show }
}

const png = async (size: string): Promise<Buffer> => {
  const args = ['-v', 'error', '-f', 'lavfi', '-i', `testsrc2=s=${size}`, '-frames:v', '1']
  const made = await execa('ffmpeg', [...args, '-f', 'image2pipe', '-c:v', 'png', '-'], {
    encoding: 'buffer',
  })
  return Buffer.from(made.stdout)
}

test('A thumbnail that is uploaded takes the place of the one that was made (M-53, M-40)', async (t) => {
  const { call, upload, show, parts } = await open(t)
  const { status, body } = await call('POST', '/thumbnails', {})
  assert.equal(status, 201)
  assert.equal((await call('POST', '/thumbnails', {})).body.id, body.id, 'there is one')
  const done = await upload('thumbnails', body.id, await png('1600x900'), 'image/png')
  assert.equal(done.status, 200, JSON.stringify(done.body))
  const shown = await show(done.body.urls.thumbnail)
  assert.equal(shown.headers.get('content-type'), 'image/jpeg')
  const size = readJpegSize(Buffer.from(await shown.arrayBuffer()))
  assert.deepEqual([size?.width, size?.height], [1280, 720])
  const { file_key } = done
  const again = await call('POST', `/thumbnails/${body.id}/upload-ended`, { file_key })
  assert.equal(again.status, 200, 'told again, it is the same')
  assert.equal((await call('DELETE', `/thumbnails/${body.id}`)).status, 204)
  assert.doesNotMatch((await call('GET', '')).body.urls.thumbnail ?? '', /attachments/)
  const removing = await parts.database.selectFrom('attachments').selectAll().execute()
  assert.deepEqual(removing, [])
})

test('Subtitles come as WebVTT or SubRip and go out as WebVTT (M-53)', async (t) => {
  const { call, upload, show } = await open(t)
  const kinds: [string, string][] = [
    ['fr', 'WEBVTT\n\n00:01.000 --> 00:02.500\nBonjour\n'],
    ['de', '1\r\n00:00:01,000 --> 00:00:02,500\r\nGuten Tag\r\n'],
  ]
  for (const [language, text] of kinds) {
    const { body } = await call('POST', '/timedtexttracks', { language })
    const done = await upload('timedtexttracks', body.id, Buffer.from(text), 'text/plain')
    const shown = await show(done.body.urls.subtitles[language])
    assert.match(shown.headers.get('content-type') ?? '', /^text\/vtt/)
    assert.match(await shown.text(), /^WEBVTT\n[^]*\n00:00:01\.000 --> 00:00:02\.500\n(Bon|Guten)/)
  }
})

test('What is no picture and no subtitles is refused, and so is what is too large (M-53)', async (t) => {
  const { call, upload } = await open(t)
  const thumbnail = (await call('POST', '/thumbnails', {})).body.id
  const track = (await call('POST', '/timedtexttracks', {})).body.id
  const film = Buffer.from('#EXTM3U\nfile:///etc/passwd')
  const codes = [
    (await upload('thumbnails', thumbnail, film, 'image/png')).body.code,
    (await upload('timedtexttracks', track, Buffer.from([0xff, 0xfe, 1]), 'text/vtt')).body.code,
    (await upload('timedtexttracks', track, Buffer.from('hello'), 'text/vtt')).body.code,
  ]
  assert.deepEqual(codes, ['source_unreadable', 'source_unreadable', 'source_unreadable'])
  const limits: [string, number][] = [
    [`/thumbnails/${thumbnail}`, 10 * 1024 ** 2],
    [`/timedtexttracks/${track}`, 1024 ** 2],
  ]
  for (const [path, bytes] of limits) {
    const ask = (size: number) =>
      call<{ size?: string[] }>('POST', `${path}/initiate-upload`, { filename: 'x', size })
    assert.equal((await ask(bytes)).status, 200)
    const { status, body } = await ask(bytes + 1)
    assert.equal(status, 400)
    assert.deepEqual(body.size, [`file too large, max size allowed is ${bytes} Bytes`])
  }
  const forged = { file_key: `tmp/x/thumbnails/${thumbnail}/1` }
  assert.equal(
    (await call('POST', `/thumbnails/${thumbnail}/upload-ended`, forged)).body.code,
    'file_key_invalid',
  )
  assert.equal((await call('DELETE', `/thumbnails/${track}`)).body.code, 'attachment_not_found')
})
