import assert from 'node:assert/strict'
import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { readConfig } from '#config/config.ts'
import { readRunnerConfigFile, writeRunnerConfigFile } from './runner-config-file.ts'
import { planAccounts, planLoad, planTranscription, type RunnerFlags } from './runner-plan.ts'

/** As a stock runner keeps it, with things that nobody here asks for. */
const stockFile = `
[jobs]
concurrency = 3

[ffmpeg]
threads = 2
nice = 20
special = "kept"

[transcription]
engine = "whisper-ctranslate2"
model = "small"

[[registeredInstances]]
url = "https://tube.example/"
runnerToken = "ptrt-1"
runnerName = "gpu-box"
runnerDescription = "of the attic"

[[registeredInstances]]
url = "https://other.example"
runnerToken = "ptrt-2"
runnerName = "gpu-box"
`

async function makeFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'reelmill-plan-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  return folder
}

async function readText(t: TestContext, text: string) {
  const path = join(await makeFolder(t), 'config.toml')
  await writeFile(path, text)
  return readRunnerConfigFile(path)
}

test("the file of PeerTube's runner is taken as it is (M-12, D-100)", async (t) => {
  const file = await readText(t, stockFile)
  const sources = { flags: {}, config: readConfig({}), file }
  assert.deepEqual(planAccounts(sources), [
    { server: 'https://tube.example', runnerToken: 'ptrt-1', name: 'gpu-box' },
    { server: 'https://other.example', runnerToken: 'ptrt-2', name: 'gpu-box' },
  ])
  assert.deepEqual(planLoad(sources), { slots: 3, threads: 2, niceness: 19 })
})

test('the environment of a runner in a container is read by its names there (M-12)', () => {
  const config = readConfig({
    PEERTUBE_RUNNER_REGISTERED_INSTANCE_URL: 'http://app:8000',
    PEERTUBE_RUNNER_REGISTERED_INSTANCE_RUNNER_TOKEN: 'ptrt-3',
    PEERTUBE_RUNNER_REGISTERED_INSTANCE_RUNNER_SECRET: 'local-peertube-runner',
    PEERTUBE_RUNNER_JOBS_CONCURRENCY: '2',
    PEERTUBE_RUNNER_FFMPEF_THREADS: '4',
    PEERTUBE_RUNNER_FFMPEG_NICE: '-5',
  })
  const sources = { flags: {}, config, file: null }
  assert.deepEqual(planAccounts(sources), [
    {
      server: 'http://app:8000',
      runnerToken: 'ptrt-3',
      registrationToken: undefined,
      name: 'local-peertube-runner',
    },
  ])
  assert.deepEqual(planLoad(sources), { slots: 2, threads: 4, niceness: 0 })
})

test('an option wins over the environment, and that over the file', async (t) => {
  const file = await readText(t, stockFile)
  const config = readConfig({ RUNNER_SLOTS: '5', RUNNER_THREADS: '6', RUNNER_NAME: 'of the env' })
  const flags = { server: 'http://one:1', name: 'of the flag', threads: 0 }
  const sources = { flags, config, file }
  assert.deepEqual(planLoad(sources), { slots: 5, threads: 0, niceness: 19 })
  const [, , single] = planAccounts(sources)
  assert.deepEqual([single?.server, single?.name], ['http://one:1', 'of the flag'])
})

test('files are read in place for the server that started the runner, and for no other', async (t) => {
  const file = await readText(t, stockFile)
  const config = readConfig({})
  const server = 'http://127.0.0.1:1'
  const trusted = (flags: RunnerFlags) =>
    planAccounts({ flags, config, file }).map(({ readsInPlace = false }) => readsInPlace)
  assert.deepEqual(trusted({ server, endsWithStdin: true }), [false, false, true])
  assert.deepEqual(trusted({ server }), [false, false, false])
})

test('an engine that is not installed is remarked on; a wrong path is refused (2.6, 5.10)', async (t) => {
  const folder = await makeFolder(t)
  const file = await readText(t, stockFile)
  const sources = { flags: {}, config: readConfig({}), file }
  const missing = await planTranscription(sources, folder)
  assert.equal(missing.engine, null)
  assert.match(missing.remark ?? '', /whisper-ctranslate2 is not installed/)
  const path = join(folder, 'whisper-ctranslate2')
  await writeFile(path, '#!/bin/sh\n')
  await chmod(path, 0o755)
  const found = await planTranscription(sources, `/nowhere:${folder}`)
  assert.deepEqual(found.engine, { kind: 'whisper-ctranslate2', path, model: 'small' })
  const config = readConfig({
    RUNNER_TRANSCRIPTION_ENGINE: 'whisper.cpp',
    RUNNER_TRANSCRIPTION_ENGINE_PATH: '/nowhere/whisper-cli',
  })
  const wrong = planTranscription({ flags: {}, config, file: null }, folder)
  await assert.rejects(wrong, { code: 'invalid_setting' })
})

test('a file that cannot be used is refused by its name and place', async (t) => {
  const refused = (text: string, message: RegExp) =>
    assert.rejects(readText(t, text), { code: 'invalid_setting', message })
  await refused('[jobs', /config\.toml is not TOML: see line 1/)
  await refused('[jobs]\nconcurrency = 0', /jobs concurrency/)
  await refused(
    '[[registeredInstances]]\nurl = "https://tube.example/path"\nrunnerToken = "x"',
    /no http\(s\):\/\/HOST:PORT/,
  )
})

test('what is written can be read again, by its owner only', async (t) => {
  const path = join(await makeFolder(t), 'config.toml')
  const file = await readText(t, stockFile)
  await writeRunnerConfigFile(path, file)
  assert.deepEqual(await readRunnerConfigFile(path), file)
  assert.equal((await stat(path)).mode & 0o077, 0)
})
