import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { execa } from 'execa'

const root = join(import.meta.dirname, '../../..')

/** What a new process has loaded of Redis when a server's program opened it with these settings. */
async function readLoaded(environment: Readonly<Record<string, string>>): Promise<string[]> {
  const program = `
    import { createRequire } from 'node:module'
    import '#edges/runner-protocol/runner-protocol.ts'
    import { readConfig } from '#config/config.ts'
    import { createLogger } from '#config/log.ts'
    import { openRedis } from '#edges/redis/open-redis.ts'
    const config = readConfig(${JSON.stringify(environment)}, { logLevel: 'silent' })
    const ear = await openRedis({ config, log: createLogger(config) })
    ear?.close()
    const files = Object.keys(createRequire(import.meta.url).cache)
    console.log(JSON.stringify(files.filter((file) => /redis/.test(file.split('node_modules')[1]))))
  `
  const args = ['--input-type=module', '--eval', program]
  // It ends by itself, or not in time: then something was left open.
  const { stdout } = await execa(process.execPath, args, { cwd: root, timeout: 30_000 })
  return JSON.parse(stdout) as string[]
}

test('without Redis in the settings nothing of it is loaded (D-37)', async () => {
  assert.deepEqual(await readLoaded({}), [])
})

test('what listens to a Redis or Sentinel that is away leaves nothing open when it is closed (D-35, D-36)', async () => {
  assert.notDeepEqual(await readLoaded({ REDIS_URL: 'redis://127.0.0.1:1' }), [])
  assert.notDeepEqual(await readLoaded({ REDIS_SENTINELS: '127.0.0.1:1' }), [])
})
