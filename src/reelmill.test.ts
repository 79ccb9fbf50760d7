import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'

const door = fileURLToPath(new URL('reelmill.ts', import.meta.url))
const older = `Object.defineProperty(process, 'versions', {
  value: { ...process.versions, node: '20.19.2' },
})`

test('On a Node that is too old the command says what it needs, and does nothing (U85)', async () => {
  const preload = `data:text/javascript,${encodeURIComponent(older)}`
  const run = await execa(process.execPath, ['--import', preload, door, '--version'], {
    reject: false,
  })
  assert.equal(run.exitCode, 69)
  assert.match(run.stderr, /Node 24 or newer is needed; this is Node 20\.19\.2/)
  assert.equal(run.stdout, '')
})

test('The door takes no name of Node from a module that an older Node has without it', async () => {
  const text = await readFile(door, 'utf8')
  assert.doesNotMatch(text, /import \{[^}]*\} from 'node:module'/)
})
