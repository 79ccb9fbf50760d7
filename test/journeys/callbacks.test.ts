import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { makeClip } from '../support/clip.ts'
import { makeFolder } from '../support/files.ts'
import { waitFor } from '../support/wait-for.ts'
import { openSite } from './site.ts'

interface Call {
  readonly key: string
  readonly attempt: number
  readonly state: string
  readonly resolutions: readonly number[]
}

test('A callback that throws is called again by itself: renditions stay done, the video is published once (D-70, D-74, M-33, M-34, WD6, WD7)', async (t) => {
  const folder = await makeFolder(t)
  const told = join(folder, 'told.jsonl')
  const module = join(folder, 'callbacks.mjs')
  const callback = `
    import { appendFile } from 'node:fs/promises'
    export async function ended({ state, resolutions }, { key, attempt }) {
      await appendFile(${JSON.stringify(told)}, JSON.stringify({ key, attempt, state, resolutions }) + '\\n')
      if (attempt === 1) throw new Error('Video matching query does not exist')
    }`
  await writeFile(module, callback)
  const { server, dataDir } = await openSite(t, {
    env: { TRANSCODING_ENDED_CALLBACK_PATH: `${module}#ended`, LOG_LEVEL: 'error' },
  })
  const clip = await makeClip({ folder: dataDir, seconds: 2 })
  const published = await server.settled(await server.create(clip))
  assert.equal(published.state, 'published')
  const garbage = join(dataDir, 'garbage.mp4')
  await writeFile(garbage, 'no film')
  const failed = await server.settled(await server.create(garbage))
  assert.equal(failed.state, 'failed')

  const calls = await waitFor('four calls', async () => {
    const lines = (await readFile(told, 'utf8').catch(() => '')).trim().split('\n')
    return lines.length === 4 && lines.map((line) => JSON.parse(line) as Call)
  })
  const ofState = (state: string) => calls.filter((call) => call.state === state)
  for (const state of ['published', 'failed']) {
    assert.deepEqual(
      ofState(state).map(({ attempt }) => attempt),
      [1, 2],
      state,
    )
    assert.equal(new Set(ofState(state).map(({ key }) => key)).size, 1)
  }
  assert.deepEqual(ofState('published')[0]?.resolutions, [54, 90])
  assert.equal((await server.video(published.id)).state, 'published')
})
