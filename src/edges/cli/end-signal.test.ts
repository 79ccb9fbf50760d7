import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { execa } from 'execa'

const endSignal = new URL('end-signal.ts', import.meta.url).href

/** A process that has a child, waits for its end, and then takes a moment to close. */
function startWaiting(closing: string) {
  const script = `
    import { execa } from 'execa'
    import { waitForEndSignal } from ${JSON.stringify(endSignal)}
    const ended = waitForEndSignal()
    const child = execa('sleep', ['60'], { reject: false })
    console.log('waiting')
    const signal = await ended
    console.log('closing')
    ${closing}
    child.kill()
    console.log('closed after', signal)`
  const options = { cwd: import.meta.dirname, reject: false } as const
  return execa(process.execPath, ['--input-type=module', '-e', script], options)
}

test('A signal lets a process close what it has, child processes beside it or not', async () => {
  const waiting = startWaiting('await new Promise(setImmediate)')
  await once(waiting.stdout, 'data')
  waiting.kill('SIGTERM')
  const { stdout, exitCode } = await waiting
  assert.match(stdout, /closed after SIGTERM/)
  assert.equal(exitCode, 0)
})

test('A second signal ends a process that does not come to its end', async () => {
  const waiting = startWaiting('await new Promise(() => setInterval(() => null, 1000))')
  await once(waiting.stdout, 'data')
  waiting.kill('SIGINT')
  await once(waiting.stdout, 'data')
  waiting.kill('SIGINT')
  assert.equal((await waiting).exitCode, 130)
})
