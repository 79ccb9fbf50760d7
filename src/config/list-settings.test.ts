import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readConfig } from './config.ts'
import { listSettings } from './list-settings.ts'

test('settings are told with their defaults, and no secret is (U101)', () => {
  const config = readConfig({
    ADMIN_KEY: 'a-very-secret-key-of-mine',
    DATABASE_URL: 'postgres://me:hidden@db/reelmill',
    PORT: '9000',
    TRUSTED_PROXY: '10.0.0.0/8, 127.0.0.1',
  })
  const list = listSettings(config)
  const by = (name: string) => list.find((setting) => setting.name === name)
  assert.doesNotMatch(JSON.stringify(list), /very-secret|hidden/)
  assert.deepEqual(
    ['ADMIN_KEY', 'DATABASE_URL'].map((name) => [by(name)?.value, by(name)?.isDefault]),
    [
      [null, false],
      [null, false],
    ],
  )
  assert.deepEqual(
    [by('PORT')?.value, by('PORT')?.isDefault, by('PORT')?.fallback],
    ['9000', false, '8000'],
  )
  assert.equal(by('TRUSTED_PROXY')?.value, '10.0.0.0/8,127.0.0.1')
  assert.deepEqual([by('HOST')?.value, by('HOST')?.isDefault], ['127.0.0.1', true])
  const others = list.filter(
    ({ name }) => !['ADMIN_KEY', 'DATABASE_URL', 'PORT', 'TRUSTED_PROXY'].includes(name),
  )
  assert.deepEqual(
    others.filter(({ isDefault }) => !isDefault),
    [],
  )
})
