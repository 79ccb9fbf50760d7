import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { RunnerItem } from '../../src/edges/cli/desk/fleet-desk.ts'
import { makeClip } from '../support/clip.ts'
import { makeFolder } from '../support/files.ts'
import { runProgram } from '../support/program.ts'
import { waitFor } from '../support/wait-for.ts'
import { createToken, startRunnerProgram, stopRunnerProgram } from './runner-program.ts'
import { openSite } from './site.ts'

/** Tells what it can do as any ffmpeg does, and does nothing of it. */
async function makeBrokenFfmpeg(t: TestContext): Promise<string> {
  const path = join(await makeFolder(t), 'ffmpeg')
  const script =
    '#!/bin/sh\ncase "$*" in *-version*|*-encoders*|*-filters*) exec ffmpeg "$@";; esac\n'
  await writeFile(path, `${script}echo "no such instruction" >&2\nexit 1\n`, { mode: 0o755 })
  return path
}

test('A runner whose ffmpeg is broken is set aside, and harms no video (security 3)', async (t) => {
  const { server, dataDir } = await openSite(t, { env: { RUNNERS: '1' } })
  const clip = await makeClip({ folder: dataDir, seconds: 6 })
  // The server's own runner has shown that it works.
  assert.equal((await server.settled(await server.create(clip))).state, 'published')
  const bad = await startRunnerProgram({
    url: server.url,
    token: await createToken(dataDir),
    home: await makeFolder(t),
    name: 'bad',
    env: { FFMPEG_PATH: await makeBrokenFfmpeg(t) },
  })
  t.after(() => stopRunnerProgram(bad))
  const run = async (...args: string[]) =>
    (await runProgram(args, { cwd: dataDir, env: { DATA_DIR: dataDir } })).stdout
  const find = async () =>
    (JSON.parse(await run('runners', '--json')) as RunnerItem[]).find(({ name }) => name === 'bad')
  await waitFor('the bad runner', async () => (await find())?.online)

  const ids = await Promise.all(Array.from({ length: 6 }, () => server.create(clip)))
  for (const id of ids) {
    const video = await server.settled(id)
    assert.deepEqual([video.state, video.error], ['published', undefined])
    assert.equal(video.renditions[0]?.frames, 150)
  }
  const aside = await find()
  assert.equal(aside?.state, 'set_aside')
  assert.match(aside.stateReason ?? '', /failed one after the other/)
  assert.ok(Date.parse(aside.trialAt ?? '') > Date.parse(aside.stateSince))
  assert.equal(await run('runners', 'enable', 'bad'), 'Runner bad is now: active\n')
  assert.equal((await find())?.stateReason, null)
})
