import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { makeClip } from '../support/clip.ts'
import { listFiles, makeFolder } from '../support/files.ts'
import { killProcess, listProcesses } from '../support/processes.ts'
import { runProgram, startProgram } from '../support/program.ts'
import { waitFor } from '../support/wait-for.ts'
import { startPeertubeServer } from './peertube-server.ts'

test('register, list, work for all servers of the file, and unregister (D-100, M-12)', async (t) => {
  const home = await makeFolder(t)
  const servers = [await startPeertubeServer(t), await startPeertubeServer(t)]
  const config = join(home, 'config.toml')
  const runner = (...args: string[]) =>
    runProgram(['runner', ...args, '--config', config], { cwd: home })
  for (const { url, state } of servers) {
    const token = state.registrationToken
    const names = ['--name', 'box', '--description', 'of the attic']
    await runner('register', '--server', url, ...names, '--registration-token', token)
  }
  const listed = await runner('list', '--json')
  assert.deepEqual(
    JSON.parse(listed.stdout),
    servers.map(({ url }) => ({ url, name: 'box' })),
  )
  const scratch = join(home, 'scratch')
  const args = ['runner', '--config', config, '--slots', '1', '--scratch', scratch]
  const program = startProgram(args, { cwd: home, env: { LOG_LEVEL: 'warn' } })
  await waitFor('both sockets', () => servers.every((server) => server.countSockets() === 1))
  program.kill('SIGUSR2')
  await waitFor('the end of the runner', () => program.hasEnded())
  const [first] = servers
  assert.ok(first)
  await runner('unregister', '--server', first.url, '--name', 'box')
  assert.deepEqual(
    servers.map(({ state }) => state.runners.length),
    [0, 1],
  )
  assert.doesNotMatch(await readFile(config, 'utf8'), new RegExp(first.url))
})

/** A runner program at the double of a PeerTube server, with two jobs of many seconds in work. */
async function startBusyRunner(t: TestContext) {
  const home = await makeFolder(t)
  const server = await startPeertubeServer(t)
  const clip = await makeClip({ folder: home, seconds: 30, size: '320x180', sound: false })
  const video = server.state.addVideo({ video: clip })
  const addJob = () =>
    server.state.addJob('vod-web-video-transcoding', video, (files) => ({
      input: { videoFileUrl: `${files}/max-quality` },
      output: { resolution: 1080, fps: 60 },
    }))
  const jobs = [addJob(), addJob()]
  const scratch = join(home, 'scratch')
  const args = ['runner', '--server', server.url, '--slots', '2', '--threads', '1']
  const env = {
    LOG_LEVEL: 'warn',
    RUNNER_REGISTRATION_TOKEN: server.state.registrationToken,
    RUNNER_NICE: '19',
  }
  const program = startProgram([...args, '--scratch', scratch], { cwd: home, env })
  t.after(() => killProcess(program.pid))
  const findFfmpegs = async () => {
    const found = await listProcesses(scratch)
    return found.filter(({ command }) => command.includes('libx264'))
  }
  await waitFor('two encoders', async () => (await findFfmpegs()).length >= 2)
  return { server, jobs, program, scratch, findFfmpegs }
}

test('a job that is taken away takes its ffmpeg with it; SIGTERM gives the rest back (D-106, 8.2)', async (t) => {
  const { server, jobs, program, scratch, findFfmpegs } = await startBusyRunner(t)
  const [cancelled, kept] = jobs
  assert.ok(cancelled && kept)
  const before = (await findFfmpegs()).length
  Object.assign(cancelled, { state: 'cancelled', jobToken: null })
  await waitFor('the end of one encoder', async () => (await findFfmpegs()).length < before)
  assert.equal(kept.state, 'processing')
  program.kill('SIGTERM')
  assert.equal((await program.exited).code, 0, program.stderr())
  assert.deepEqual([kept.state, kept.failures, kept.reasons.length], ['pending', 0, 1])
  assert.deepEqual(await findFfmpegs(), [])
  assert.deepEqual(await listFiles(scratch), [])
  assert.deepEqual(server.state.remarks, [])
  // It had a name of this run only.
  assert.equal(server.state.runners.length, 0)
})
