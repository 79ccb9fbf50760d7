import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { pino } from 'pino'
import { recordEvent } from '#flow/advance.ts'
import { startCallingHooks } from '#flow/call-hooks.ts'
import { tellExtraFailed } from '#flow/extra-failed.ts'
import { openTestParts } from '../../../test/support/parts.ts'
import { insertVideoRows } from '../../../test/support/video-rows.ts'
import { waitFor } from '../../../test/support/wait-for.ts'
import { importCallbacks } from './callback-paths.ts'

const callbacks = `
export const calls = []
export default (video, call) => calls.push(['ended', video.state, video.directory, call.event.type])
export const written = (video, language, path) => calls.push(['written', language, path])
export const unwritten = async (video) => calls.push(['unwritten', video.id])
`

test('Callbacks of the settings are called with what the connector’s were, once each (D-70, D-71, D-72, M-33)', async (t) => {
  const plain = await openTestParts(t)
  const file = join(plain.config.dataDir, 'callbacks.mjs')
  await writeFile(file, callbacks)
  const config = {
    ...plain.config,
    transcodingEndedCallback: file,
    transcriptionEndedCallback: `${file}#written`,
    transcriptionErrorCallback: `${file}#unwritten`,
  }
  const parts = { ...plain, config }
  const hooks = await importCallbacks(parts)
  assert.equal(hooks.length, 3)
  t.after(await startCallingHooks(parts, hooks))
  const { videoId, versionId, prefix } = await insertVideoRows(parts.database, { published: true })
  await parts.database.transaction().execute(async (tx) => {
    const version = { version: 1 }
    await recordEvent(tx, videoId, 'video.playable', version)
    await recordEvent(tx, videoId, 'video.published', version)
    await recordEvent(tx, videoId, 'video.transcribed', {
      ...version,
      language: 'en',
      path: 'film-en.vtt',
    })
    const error = { code: 'transcriber_failed', message: 'It was too quiet.' } as const
    await tellExtraFailed(tx, { version_id: versionId, type: 'video-transcription' }, error)
    await tellExtraFailed(tx, { version_id: versionId, type: 'vod-chunk-encoding' }, error)
    await recordEvent(tx, videoId, 'video.failed', version)
  })
  const { calls } = (await import(file)) as { calls: readonly unknown[][] }
  await waitFor('the calls', () => calls.length >= 4)
  assert.deepEqual(
    calls.toSorted((a, b) => String(a).localeCompare(String(b))),
    [
      ['ended', 'published', prefix, 'video.failed'],
      ['ended', 'published', prefix, 'video.published'],
      ['unwritten', videoId],
      ['written', 'en', `${prefix}/film-en.vtt`],
    ],
  )
})

test('A callback that cannot be imported is logged and not fatal (D-73)', async (t) => {
  const plain = await openTestParts(t)
  const lines: string[] = []
  const log = pino({ level: 'error' }, { write: (line: string) => void lines.push(line) })
  const broken = join(plain.config.dataDir, 'broken.mjs')
  await writeFile(broken, 'export const other = 1\nthrow new Error("not today")')
  const config = {
    ...plain.config,
    transcodingEndedCallback: broken,
    transcriptionEndedCallback: 'no-such-package#ended',
    transcriptionErrorCallback: 'node:path#nothing',
  }
  assert.deepEqual(await importCallbacks({ ...plain, config, log }), [])
  assert.deepEqual(
    lines.map((line) => (JSON.parse(line) as { hook: string }).hook),
    ['TRANSCODING_ENDED', 'TRANSCRIPTION_ENDED', 'TRANSCRIPTION_ERROR'],
  )
  assert.match(lines[0] ?? '', /not today/)
})
