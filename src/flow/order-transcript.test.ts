import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { sql } from 'kysely'
import type { ErrorCode } from '#errors/catalogue.ts'
import { openTestParts } from '../../test/support/parts.ts'
import { waitFor } from '../../test/support/wait-for.ts'
import { deleteVideo } from './delete-video.ts'
import { openVersion } from './open-version.ts'
import { orderTranscript } from './order-transcript.ts'
import type { Parts } from './parts.ts'
import { type Places, removeFiles } from './remove-files.ts'
import { sweep } from './sweep.ts'
import { transcodeObject } from './transcode-object.ts'

const videoUrl = 'https://films.example/7.mp4'

async function assertRefused(order: Promise<unknown>, code: ErrorCode, why: string) {
  await assert.rejects(order, (error) => (error as { code?: unknown }).code === code, why)
}

test('a folder that is not for one video alone is refused for a transcript and for renditions', async (t) => {
  const parts = await openTestParts(t)
  await parts.storage.put('in/film.mp4', Buffer.from('film'))
  for (const folder of ['', 'videos', 'vod/', 'sources', 'sources/7', 'tmp/', 'results/a']) {
    const transcript = orderTranscript(parts, { destination: folder, videoUrl })
    await assertRefused(transcript, 'key_invalid', `transcript in "${folder}"`)
    const renditions = transcodeObject(parts, { key: 'in/film.mp4', destination: folder })
    await assertRefused(renditions, 'key_invalid', `renditions in "${folder}"`)
  }
  assert.deepEqual(await parts.database.selectFrom('videos').select('id').execute(), [])
})

test('a transcript is not put around or inside the folder of another video', async (t) => {
  const parts = await openTestParts(t)
  await parts.storage.put('in/film.mp4', Buffer.from('film'))
  await transcodeObject(parts, { key: 'in/film.mp4', destination: 'out/7' })
  for (const destination of ['out', 'out/7/film']) {
    const refused = orderTranscript(parts, { destination, videoUrl })
    await assertRefused(refused, 'destination_taken', destination)
  }
})

/** A transcript beside the application's own film, in its folder, as when a runner handed it in. */
async function openWrittenDown(t: TestContext) {
  const parts = await openTestParts(t)
  await parts.queue.work('removing', (data) => removeFiles(parts, data as Places))
  await parts.queue.start()
  const { videoId } = await orderTranscript(parts, { destination: 'films/7', videoUrl })
  const film = 'films/7/film.mp4'
  const written = 'films/7/transcript-en.vtt'
  for (const key of [film, written]) await parts.storage.put(key, Buffer.from('WEBVTT'))
  const { id } = await parts.database
    .selectFrom('versions')
    .select('id')
    .where('video_id', '=', videoId)
    .executeTakeFirstOrThrow()
  const file = { version_id: id, path: 'transcript-en.vtt', kind: 'transcript' as const, bytes: 6 }
  await parts.database.insertInto('files').values(file).execute()
  return { parts, videoId, film, written }
}

async function listFilms({ storage }: Parts): Promise<string[]> {
  const keys: string[] = []
  for await (const { key } of storage.list('films/')) keys.push(key)
  return keys
}

test('of a film that was published elsewhere only what was written beside it goes with its record', async (t) => {
  const { parts, videoId, film, written } = await openWrittenDown(t)
  await deleteVideo(parts, videoId)
  await waitFor('a removal', async () => (await parts.storage.head(written)) === null)
  assert.deepEqual(await listFilms(parts), [film])
})

test('the same where it was replaced by a version that was made here', async (t) => {
  const { parts, videoId, film, written } = await openWrittenDown(t)
  const { versionId } = await openVersion(parts, videoId, { filename: 'film.mp4' })
  const longAgo = sql<Date>`now() - interval '7 hours'`
  await parts.database
    .updateTable('versions')
    .set({ state: 'published', published_at: longAgo })
    .where('id', '=', versionId)
    .execute()
  await parts.database.updateTable('videos').set({ published_version: 2 }).execute()
  await sweep(parts)
  await waitFor('a removal', async () => (await parts.storage.head(written)) === null)
  assert.deepEqual(await listFilms(parts), [film])
})
