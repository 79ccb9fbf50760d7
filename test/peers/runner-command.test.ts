import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { runProgram, startProgram } from '../support/program.ts'
import { waitFor } from '../support/wait-for.ts'
import { startPeertubeServer } from './peertube-server.ts'

test('register, list, work for all servers of the file, and unregister (D-100, M-12)', async (t) => {
  const home = await mkdtemp(join(tmpdir(), 'reelmill-command-'))
  t.after(() => rm(home, { recursive: true, force: true }))
  const servers = [await startPeertubeServer(t), await startPeertubeServer(t)]
  const config = join(home, 'config.toml')
  const runner = (...args: string[]) =>
    runProgram(['runner', ...args, '--config', config], { cwd: home })
  for (const { url, state } of servers) {
    const token = state.registrationToken
    await runner('register', '--server', url, '--name', 'box', '--registration-token', token)
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
