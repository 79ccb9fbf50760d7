import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { execa } from 'execa'
import { makeClip } from './support/clip.ts'
import { makeFolder } from './support/files.ts'
import { killProcess, listProcesses } from './support/processes.ts'

const root = join(import.meta.dirname, '..')

const program = `
import { createReelmill } from 'reelmill'
import { createReelmillClient } from 'reelmill/client'

const told = []
const reelmill = createReelmill({ dataDir: './data' }).onPublished(({ directory }) => told.push(directory))
await reelmill.start()
const { id } = await reelmill.upload('clip.mp4')
const client = createReelmillClient({ baseUrl: reelmill.url })
const { state, urls } = await client.waitFor(id, 'published')
const master = await (await fetch(urls.hls)).text()
await reelmill.close()
console.log(JSON.stringify({ state, told, begins: master.slice(0, 7) }))
`

const typed = `
import { createReelmill, type VideoRecord } from 'reelmill'
import { createReelmillClient } from 'reelmill/client'

const reelmill = createReelmill({ runners: 0, hooks: { onPublished: (video: VideoRecord) => video.directory } })
export const duration: number | null = (await reelmill.transcode({ key: 'a', destination: 'b' })).duration
const client = createReelmillClient({ baseUrl: 'http://localhost:8000' })
export const { data } = await client.GET('/api/v1/videos/{id}', { params: { path: { id: 'x' } } })
export const name: string | undefined = data?.name
for await (const { id } of client.videos({ state: 'failed' })) console.log(id)
export const made: string = (await client.createVideo({ source: { url: 'https://x.example/a.mp4' } })).id
// @ts-expect-error there is no such option
createReelmill({ dataDirectory: '.' })
// @ts-expect-error there is no such address
await client.GET('/api/v1/films')
`

/** An empty project with the package in it, as `npm install` of its tarball leaves it. */
async function installTarball(t: TestContext) {
  const folder = await makeFolder(t)
  const path = [dirname(process.execPath), process.env['PATH']].join(delimiter)
  // What `npm test` tells its own children is about this project.
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('npm_'))
  const env = { ...Object.fromEntries(own), PATH: path }
  const run = (file: string, args: readonly string[]) =>
    execa(file, args, { cwd: folder, env, extendEnv: false, stdin: 'ignore' })
  await execa(process.execPath, [join(root, 'scripts/build.ts')], { cwd: root })
  const { stdout: tarball } = await run('npm', ['pack', '--silent', join(root, 'dist')])
  await writeFile(join(folder, 'package.json'), '{"private":true,"type":"module"}')
  const quiet = ['--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error']
  await run('npm', ['install', '--prefer-offline', ...quiet, `./${tarball}`])
  return { folder, run }
}

test('The package works where its tarball is installed: as a library, with types, and as a command (D-01, D-13, U85)', async (t) => {
  const { folder, run } = await installTarball(t)
  t.after(async () => {
    for (const { pid } of await listProcesses(folder)) killProcess(pid)
  })
  await makeClip({ folder, seconds: 2 })
  await writeFile(join(folder, 'program.mjs'), program)
  const { stdout } = await run(process.execPath, ['program.mjs'])
  const { state, told, begins } = JSON.parse(stdout) as Record<string, unknown>
  assert.equal(state, 'published')
  assert.equal((told as unknown[]).length, 1)
  assert.equal(begins, '#EXTM3U')

  await writeFile(join(folder, 'typed.ts'), typed)
  const strict = ['--strict', '--skipLibCheck', '--module', 'nodenext', '--target', 'es2024']
  const types = ['--typeRoots', join(root, 'node_modules/@types'), '--types', 'node']
  const tsc = join(root, 'node_modules/.bin/tsc')
  await run(tsc, ['--noEmit', ...strict, ...types, 'typed.ts'])

  const reelmill = (...args: string[]) => run('npx', ['--no-install', 'reelmill', ...args])
  assert.match((await reelmill('--version')).stdout, /^\d+\.\d+\.\d+$/)
  await reelmill('transcode', 'clip.mp4', '-o', 'out')
  assert.match((await reelmill('check', 'out')).stdout, /./)
})
