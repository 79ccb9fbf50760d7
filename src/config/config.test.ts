import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { describeSettings, readConfig } from './config.ts'
import { readEnvironment } from './environment.ts'

function refusal(setting: string) {
  return { name: 'ReelmillError', code: 'invalid_setting', details: { setting } }
}

test('an empty environment gives the documented defaults, frozen', () => {
  const config = readConfig({})
  assert.equal(config.host, '127.0.0.1')
  assert.equal(config.port, 8000)
  assert.equal(config.databaseUrl, null)
  assert.equal(config.leaseSeconds, 120)
  assert.deepEqual(config.trustedProxy, [])
  assert.ok(Object.isFrozen(config))
})

test('a bad value is refused by the name of its setting (U142)', () => {
  assert.throws(() => readConfig({ PORT: '80a' }), refusal('PORT'))
  assert.throws(() => readConfig({ PORT: '65536' }), refusal('PORT'))
  assert.throws(() => readConfig({ STORAGE: 'floppy' }), refusal('STORAGE'))
  assert.throws(() => readConfig({ DATABASE_URL: 'mysql://u:p@h' }), refusal('DATABASE_URL'))
  assert.throws(() => readConfig({ TRUSTED_PROXY: '10.0.0.0/33' }), refusal('TRUSTED_PROXY'))
})

test('a program that is named by a path is the same one from every folder', () => {
  assert.equal(
    readConfig({ FFMPEG_PATH: 'bin/ffmpeg' }).ffmpegPath,
    join(process.cwd(), 'bin/ffmpeg'),
  )
  assert.equal(readConfig({ FFMPEG_PATH: 'ffmpeg6' }).ffmpegPath, 'ffmpeg6')
})

test('a refusal does not repeat a secret', () => {
  assert.throws(
    () => readConfig({ DATABASE_URL: 'mysql://u:hunter2@h' }),
    (error: Error) => !error.message.includes('hunter2'),
  )
})

test('the failure limit is read under its old name too (D-30)', () => {
  assert.equal(readConfig({ TRANSCODING_RUNNER_MAX_FAILURE: '3' }).runnerMaxFailure, 3)
  assert.equal(
    readConfig({ TRANSCODING_RUNNER_MAX_FAILURE: '3', RUNNER_MAX_FAILURE: '7' }).runnerMaxFailure,
    7,
  )
  assert.throws(
    () => readConfig({ TRANSCODING_RUNNER_MAX_FAILURE: 'x' }),
    refusal('TRANSCODING_RUNNER_MAX_FAILURE'),
  )
})

test('Redis and its Sentinels are read under their old names too (D-35, D-36)', () => {
  const connector = 'DJANGO_PEERTUBE_RUNNER_CONNECTOR_'
  const config = readConfig({
    [`${connector}REDIS`]: 'redis://localhost:6379',
    [`${connector}SENTINELS`]: 'one:26380, [::1]:26381,10.0.0.3',
    [`${connector}SENTINELS_MASTER`]: 'other',
  })
  assert.equal(config.redisUrl, 'redis://localhost:6379')
  assert.deepEqual(config.redisSentinels, [
    { host: 'one', port: 26_380 },
    { host: '::1', port: 26_381 },
    { host: '10.0.0.3', port: 26_379 },
  ])
  assert.equal(config.redisSentinelsMaster, 'other')
  assert.deepEqual(readConfig({}).redisSentinels, [])
  assert.equal(readConfig({}).redisSentinelsMaster, 'mymaster')
  for (const bad of ['one:0', 'one:65536', 'one:two', 'redis://one', 'one two']) {
    assert.throws(() => readConfig({ REDIS_SENTINELS: bad }), refusal('REDIS_SENTINELS'))
  }
})

test('an empty variable counts as unset, and overrides win', () => {
  assert.equal(readConfig({ PORT: '' }).port, 8000)
  assert.equal(readConfig({ PORT: '81' }, { port: 0 }).port, 0)
})

test('addresses lose the slash at their end', () => {
  assert.equal(readConfig({ PUBLIC_URL: 'https://v.example/' }).publicUrl, 'https://v.example')
})

test('every setting is described with its default and unit', () => {
  const text = describeSettings()
  assert.match(text, /^ {2}PORT=8000 +TCP port/m)
  assert.match(text, /^ {2}LEASE_SECONDS=120 .*\(seconds\)$/m)
  assert.match(text, /^ {2}ADMIN_KEY /m)
})

test('a .env file is read, and the environment wins over it', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'reelmill-env-'))
  t.after(() => rm(folder, { recursive: true }))
  await writeFile(join(folder, '.env'), 'ADMIN_KEY="from the file"\nPATH=nowhere\n')
  const environment = readEnvironment(folder)
  assert.equal(environment['ADMIN_KEY'], process.env['ADMIN_KEY'] ?? 'from the file')
  assert.equal(environment['PATH'], process.env['PATH'])
})

test('the TRANSCODING settings are read in the ways in which installations write them (D-20 to D-28)', () => {
  const config = readConfig({
    TRANSCODING_RESOLUTIONS_1080P: 'True',
    TRANSCODING_RESOLUTIONS_360P: '0',
    TRANSCODING_FPS_STANDARD: '[24, 30]',
  })
  assert.equal(config.transcodingResolutions1080p, true)
  assert.equal(config.transcodingResolutions360p, false)
  assert.equal(config.transcodingAlwaysOriginal, false)
  assert.deepEqual(config.transcodingFpsStandard, [24, 30])
  assert.deepEqual(config.transcodingFpsHdStandard, [50, 60])
  assert.match(describeSettings(), /^ {2}TRANSCODING_FPS_STANDARD=24,25,30 /m)
  assert.throws(
    () => readConfig({ TRANSCODING_FPS_STANDARD: '24;30' }),
    refusal('TRANSCODING_FPS_STANDARD'),
  )
  assert.throws(
    () => readConfig({ TRANSCODING_RESOLUTIONS_360P: 'maybe' }),
    refusal('TRANSCODING_RESOLUTIONS_360P'),
  )
})
