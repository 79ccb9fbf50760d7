import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Config, readConfig } from '#config/config.ts'
import { decideAccess } from './access.ts'
import { isAllowedHost } from './allowed-hosts.ts'

const accessOf = (settings: Partial<Config>) => decideAccess(readConfig({}, settings))

test('Without a key and on loopback the machine itself is trusted (U142)', () => {
  for (const host of ['127.0.0.1', 'localhost', '::1', '127.1.2.3']) {
    assert.equal(accessOf({ host }).trustsMachine, true, host)
  }
})

test('What others can reach trusts nobody without a login or a key (U110, U142)', () => {
  for (const host of ['0.0.0.0', '::', '192.168.1.5', 'example.org', '']) {
    assert.equal(accessOf({ host }).trustsMachine, false, host)
  }
  assert.equal(accessOf({ publicUrl: 'https://videos.example.org' }).trustsMachine, false)
  assert.equal(accessOf({ adminKey: 'secret' }).trustsMachine, false)
})

test('ALLOWED_HOSTS is a list as Django has it, and others are refused (C-44)', () => {
  const { allowedHosts } = readConfig({ ALLOWED_HOSTS: `['a.example', ".b.example", ::1]` })
  assert.deepEqual(allowedHosts, ['a.example', '.b.example', '[::1]'])
  assert.throws(() => readConfig({ ALLOWED_HOSTS: 'a.example:8000' }), /ALLOWED_HOSTS/)
  const { hosts } = accessOf({ host: '0.0.0.0', allowedHosts, publicUrl: 'https://c.example' })
  const fine = ['a.example', 'A.example:80', 'b.example', 'x.y.b.example', 'c.example', 'localhost']
  for (const host of fine) assert.ok(isAllowedHost(hosts, host), host)
  const strange = ['evil.example', 'xb.example', 'a.example.evil', '10.0.0.1', 'a.example@x', '']
  for (const host of strange) assert.ok(!isAllowedHost(hosts, host), host)
  assert.ok(isAllowedHost(accessOf({ host: '0.0.0.0', allowedHosts: ['*'] }).hosts, 'any.example'))
})

test('Unset, it is what PUBLIC_URL says, and addresses; without that, all (C-44)', () => {
  const { hosts } = accessOf({ host: '0.0.0.0', publicUrl: 'https://c.example' })
  for (const host of ['c.example', '10.0.0.1:8000', '[fd00::1]'])
    assert.ok(isAllowedHost(hosts, host))
  assert.ok(!isAllowedHost(hosts, 'evil.example'))
  assert.ok(isAllowedHost(accessOf({ host: '0.0.0.0' }).hosts, 'any.example'))
})
