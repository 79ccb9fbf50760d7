import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { chooseProfile, chooseProfileOfVideo } from '#flow/choose-profile.ts'
import type { JudgedEdit, PreviewHere } from '#flow/profiles/preview.ts'
import type { ProfileVersionView, ProfileView } from '#flow/profiles/profile-view.ts'
import { createKey } from '#people/create-key.ts'
import { createUser } from '#people/create-user.ts'
import { openTestHttpServer } from '../../../../test/support/http-server.ts'
import { placeProfiles, tinyProfile } from '../../../../test/support/profiles.ts'
import { insertVideoRows } from '../../../../test/support/video-rows.ts'

const adminKey = 'the-key-of-the-administrator'
const { parts, url } = await openTestHttpServer({ after }, { host: '0.0.0.0', adminKey })
await placeProfiles(parts.config.dataDir, [tinyProfile, { ...tinyProfile, name: 'default' }])

interface Answer<Body> {
  readonly status: number
  readonly etag: string | null
  readonly body: Body
}

async function call<Body>(
  method: string,
  path: string,
  { json, headers, key = adminKey }: { json?: object; headers?: object; key?: string } = {},
): Promise<Answer<Body>> {
  const response = await fetch(`${url}/api/v1/profiles${path}`, {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      ...(json ? { 'content-type': 'application/json' } : {}),
      ...headers,
    },
    ...(json ? { body: JSON.stringify(json) } : {}),
  })
  const text = await response.text()
  const body = (text === '' ? null : JSON.parse(text)) as Body
  return { status: response.status, etag: response.headers.get('etag'), body }
}

interface Problem {
  readonly code: string
  readonly detail: string
  readonly problems?: readonly { readonly field: string; readonly message: string }[]
}

const ladder = { video: [{ height: 360, crf: 25, maxrateKbps: 700 }] }

test('The list says where each profile comes from, and what it hides (U33, C-35)', async () => {
  await insertVideoRows(parts.database)
  const { body } = await call<{ profiles: ProfileView[] }>('GET', '')
  const found = body.profiles.map(({ name, origin, hides }) => [name, origin, hides.join()])
  assert.deepEqual(found, [
    ['av1', 'shipped', ''],
    ['default', 'folder', 'shipped'],
    ['hevc', 'shipped', ''],
    ['marsha', 'shipped', ''],
    ['peertube', 'shipped', ''],
    ['tiny', 'folder', ''],
    ['vp9', 'shipped', ''],
  ])
  assert.ok(body.profiles.every(({ problems }) => problems.length === 0))
})

test('A saved profile holds from then on, version by version, until it is deleted (C-35, U34)', async () => {
  const first = await call<ProfileView>('PUT', '/tiny', {
    json: { profile: { name: 'tiny', ...ladder }, note: 'smaller' },
    headers: { 'if-match': '"0"' },
  })
  assert.deepEqual([first.status, first.etag], [200, '"1"'])
  const { origin, hides, version, note, createdBy } = first.body
  assert.deepEqual(
    [origin, hides, version, note, createdBy],
    ['stored', ['folder'], 1, 'smaller', 'ADMIN_KEY'],
  )
  const chosen = await chooseProfile(parts, 'tiny')
  assert.deepEqual(chosen, { name: 'tiny', ...ladder })

  const late = await call<Problem>('PUT', '/tiny', {
    json: { profile: ladder },
    headers: { 'if-match': '"0"' },
  })
  assert.deepEqual([late.status, late.body.code], [412, 'precondition_failed'])
  const second = await call<ProfileView>('PUT', '/tiny', { json: { profile: { video: [] } } })
  assert.equal(second.body.version, 2)
  const { body } = await call<{ versions: ProfileVersionView[] }>('GET', '/tiny/versions')
  assert.deepEqual(
    body.versions.map(({ version, note }) => [version, note]),
    [
      [2, null],
      [1, 'smaller'],
    ],
  )

  assert.equal((await call('DELETE', '/tiny', { headers: { 'if-match': '"2"' } })).status, 204)
  const back = await call<ProfileView>('GET', '/tiny')
  assert.deepEqual([back.body.origin, back.etag], ['folder', '"0"'])
  const file = await call<Problem>('DELETE', '/tiny')
  assert.deepEqual([file.status, file.body.code], [409, 'profile_is_a_file'])
  const third = await call<ProfileView>('PUT', '/tiny', { json: { profile: ladder } })
  assert.equal(third.body.version, 3)
  await call('DELETE', '/tiny')
})

test('Of two who save at once from the same version, one is told (C-35)', async () => {
  const json = { profile: ladder }
  const answers = await Promise.all(
    Array.from({ length: 5 }, () =>
      call('PUT', '/raced', { json, headers: { 'if-match': '"0"' } }),
    ),
  )
  const counts = [200, 412].map((code) => answers.filter(({ status }) => status === code).length)
  assert.deepEqual(counts, [1, 4])
})

test('A deleted profile is not there for new videos, and for those that have it (C-35)', async () => {
  await call('PUT', '/gone', { json: { profile: ladder } })
  await call('DELETE', '/gone')
  assert.equal((await call('GET', '/gone')).status, 404)
  await assert.rejects(chooseProfile(parts, 'gone'), { code: 'profile_not_found' })
  assert.deepEqual(await chooseProfileOfVideo(parts, 'gone'), { name: 'gone', ...ladder })
})

test('What is wrong is told field by field, and nothing is saved (C-35, U33)', async () => {
  const wrong = {
    video: [{ height: 'tall', crf: 60, maxrateKbps: 700, preset: '4' }],
    colour: 'red',
  }
  const { status, body } = await call<Problem>('PUT', '/wrong', { json: { profile: wrong } })
  assert.deepEqual([status, body.code], [422, 'profile_invalid'])
  const fields = body.problems?.map(({ field }) => field).toSorted()
  assert.deepEqual(fields, ['/colour', '/video/0/height'])
  assert.equal((await call('GET', '/wrong')).status, 404)
  const other = await call<Problem>('PUT', '/wrong', {
    json: { profile: { name: 'other', ...ladder } },
  })
  assert.equal(other.body.problems?.[0]?.field, '/name')
  const bad = await call<Problem>('PUT', '/No%20Name', { json: { profile: ladder } })
  assert.deepEqual([bad.status, bad.body.problems?.[0]?.field], [422, '/name'])
})

test('An encoder that no runner has is said before a video needs it (U40)', async () => {
  const video = [{ height: 360, crf: 25, maxrateKbps: 700, encoder: 'h264_nobody' }]
  const saved = await call<ProfileView>('PUT', '/hardware', { json: { profile: { video } } })
  assert.deepEqual([saved.status, saved.body.missingEncoders], [200, ['h264_nobody']])
})

test('Whoever chooses a profile does not see who wrote it (U111)', async () => {
  await call('PUT', '/seen', { json: { profile: ladder, note: 'for them' } })
  const person = { name: 'chooser', role: 'uploader', password: 'a long password' } as const
  const { id: userId } = await createUser(parts.database, person)
  const wanted = { name: 'k', role: 'uploader', userId, expiresAt: null, scopes: null } as const
  const { key } = await createKey(parts.database, wanted)
  const { body } = await call<ProfileView>('GET', '/seen', { key })
  assert.deepEqual([body.note, body.createdBy, body.version], [null, null, 1])
  assert.equal((await call('PUT', '/seen', { key, json: { profile: ladder } })).status, 403)
  assert.equal((await call('GET', '/seen/versions', { key })).status, 403)
})

async function previewOf(json: object): Promise<PreviewHere> {
  const { body } = await call<JudgedEdit>('POST', '/preview', { json })
  assert.ok(body.preview, JSON.stringify(body))
  return body.preview
}

const rungs = [1080, 1000, 720, 360].map((height) => ({ height, crf: 23, maxrateKbps: 3000 }))
const source = {
  ...{ width: 1280, height: 720, framesPerSecond: 29.97, durationSeconds: 60 },
  ...{ bitRate: 8_000_000, audioTracks: 1, hdr: false },
}

test('A preview says what each row of the ladder gives for a source, and stores nothing (U32, U33, U35, P-47)', async () => {
  const profile = { video: rungs, storyboard: true, mp4: ['720p'] }
  const body = await previewOf({ profile, source })
  assert.deepEqual(body.rungs, [
    { rendition: null, reason: 'above_source' },
    { rendition: null, reason: 'above_source' },
    { rendition: '720p', reason: null },
    { rendition: '360p', reason: null },
  ])
  const [large] = body.renditions
  assert.deepEqual([large?.encoder, large?.level, large?.width], ['libx264', '3.1', 1280])
  assert.deepEqual(
    body.films.map(({ file }) => file),
    ['720p30.mp4'],
  )
  assert.ok((body.estimatedCpuSeconds ?? 0) > 1)
  assert.ok((body.estimatedBytes ?? 0) > (body.films[0]?.estimatedBytes ?? 0))
  assert.equal(body.gopFrames, 60)
  assert.equal((await call('GET', '/preview')).status, 404)
})

test('A preview of 4K at 60 frames, of a portrait, and of sound alone (D-44, U31, U32)', async () => {
  const profile = { video: rungs, frameRateMax: 30 }
  const preview = (changes: object) => previewOf({ profile, source: { ...source, ...changes } })
  const large = await preview({ width: 3840, height: 2160, framesPerSecond: 60 })
  assert.equal(large.framesPerSecond, 30)
  // 1000 is almost 1080.
  assert.deepEqual(large.rungs[1], { rendition: null, reason: 'too_similar' })
  const portrait = await preview({ width: 1080, height: 1920 })
  const [first] = portrait.renditions
  assert.deepEqual([first?.name, first?.width, first?.height], ['1080p', 1080, 1920])
  const sound = await preview({ width: 0, height: 0 })
  assert.deepEqual([sound.renditions.length, sound.framesPerSecond], [1, null])
})

test('A preview for a video is of its own source, and says what is wrong with a profile (U35)', async () => {
  const { videoId } = await insertVideoRows(parts.database)
  const unread = await call<Problem>('POST', '/preview', { json: { profile: ladder, videoId } })
  assert.deepEqual([unread.status, unread.body.code], [409, 'video_state_conflict'])
  const wrong = await call<JudgedEdit>('POST', '/preview', { json: { profile: {}, source } })
  assert.deepEqual([wrong.status, wrong.body.preview], [200, null])
  assert.deepEqual(wrong.body.problems, [{ field: '/video', message: 'is missing' }])
})
