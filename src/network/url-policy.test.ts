import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createUrlPolicy } from './url-policy.ts'

const ports = [80, 443]
const strict = createUrlPolicy({ allow: [], ports })

const codeOf = (text: string, policy = strict) => {
  try {
    policy.readUrl(text)
    return 'taken'
  } catch (error) {
    return (error as { code: string }).code
  }
}

test('addresses of the public network are taken, also with a port that is the usual one', () => {
  for (const text of [
    'https://example.com/hook?a=b',
    'http://example.com:80/',
    'http://example.com:443/',
    'http://93.184.216.34/',
    'http://[2606:2800:220:1:248:1893:25c8:1946]/',
  ]) {
    assert.equal(codeOf(text), 'taken', text)
  }
})

test('other schemes, names and passwords, and what parsers read differently are no addresses (WV17, WC10)', () => {
  for (const text of [
    'ftp://example.com/',
    'file:///etc/passwd',
    'gopher://127.0.0.1:6379/_FLUSHALL',
    'javascript:alert(1)',
    'example.com',
    '',
    'http://',
    'http://user@example.com/',
    'http://user:password@example.com/',
    'http://example.com@127.0.0.1/',
    'http://:@127.0.0.1@example.com/',
    'http:\\\\127.0.0.1\\',
    'http://example.com\\@127.0.0.1/',
    'http://exam\tple.com/',
    ' http://example.com/',
    `http://example.com/${'a'.repeat(3000)}`,
  ]) {
    assert.equal(codeOf(text), 'address_invalid', text)
  }
})

test('private and special addresses are refused in every spelling (U115)', () => {
  for (const host of [
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f.0.0.1',
    '0x7f000001',
    '0177.0.0.1',
    '127.0.0.1.',
    '%31%32%37.0.0.1',
    '127。0。0。1',
    '0.0.0.0',
    '0',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '100.64.0.1',
    '100.100.100.200',
    '169.254.169.254',
    '168.63.129.16',
    '192.0.0.192',
    '192.0.2.1',
    '192.88.99.1',
    '198.18.0.1',
    '198.51.100.1',
    '203.0.113.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '[::]',
    '[::1]',
    '[::127.0.0.1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::ffff:8.8.8.8]',
    '[::ffff:0:127.0.0.1]',
    '[64:ff9b::7f00:1]',
    '[64:ff9b:1::7f00:1]',
    '[2002:7f00:1::]',
    '[2001:0:7f00:1::]',
    '[2001:db8::1]',
    '[fe80::1]',
    '[fec0::1]',
    '[fc00::1]',
    '[fd00:ec2::254]',
    '[ff02::1]',
    '[100::1]',
    '[4000::1]',
  ]) {
    assert.equal(codeOf(`http://${host}/`), 'address_refused', host)
  }
})

test('other ports are refused, for names too', () => {
  assert.equal(codeOf('http://example.com:6379/'), 'address_refused')
  assert.equal(codeOf('http://93.184.216.34:22/'), 'address_refused')
  const wider = createUrlPolicy({ allow: [], ports: [80, 443, 8443] })
  assert.equal(codeOf('https://example.com:8443/', wider), 'taken')
})

test('what an operator allows is reached at any port, and nothing beside it', () => {
  const policy = createUrlPolicy({ allow: ['10.0.0.0/8', '::1', 'Intranet'], ports })
  assert.equal(codeOf('http://10.1.2.3:9000/', policy), 'taken')
  assert.equal(codeOf('http://[::1]:9000/', policy), 'taken')
  assert.equal(codeOf('http://intranet.:9000/', policy), 'taken')
  assert.equal(codeOf('http://11.1.2.3:9000/', policy), 'address_refused')
  assert.equal(codeOf('http://127.0.0.1/', policy), 'address_refused')
  assert.equal(codeOf('http://[::2]/', policy), 'address_refused')
})

test('one private address among the answers for a name is enough to refuse it', () => {
  const place = { hostname: 'example.com', port: 80 }
  assert.ok(strict.mayReach({ ...place, addresses: ['93.184.216.34'] }))
  assert.ok(!strict.mayReach({ ...place, addresses: ['93.184.216.34', '127.0.0.1'] }))
  assert.ok(!strict.mayReach({ ...place, addresses: ['::ffff:127.0.0.1'] }))
  assert.ok(!strict.mayReach({ ...place, addresses: [] }))
  assert.ok(!strict.mayReach({ ...place, addresses: ['nonsense'] }))
})
