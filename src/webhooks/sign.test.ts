import assert from 'node:assert/strict'
import { createPublicKey, verify } from 'node:crypto'
import { test } from 'node:test'
import { Webhook } from 'standardwebhooks'
import { signMessage } from './sign.ts'
import { isSecret, kindOfSecret, mintSecret, publicKeyOf } from './signing-keys.ts'

const message = {
  id: 'msg_1',
  // Asked when it is signed: the package refuses what is five minutes old, and this file may have been
  // loaded long before its tests run.
  get at() {
    return new Date()
  },
  body: '{"type":"video.published","name":"ü"}',
}

test('a signature is verified by the package of Standard Webhooks, with the old and the new secret (U114)', () => {
  const [older, newer, stranger] = [mintSecret('hmac'), mintSecret('hmac'), mintSecret('hmac')]
  const headers = signMessage(message, [newer, older])
  for (const secret of [older, newer]) {
    assert.deepEqual(new Webhook(secret).verify(message.body, headers), JSON.parse(message.body))
  }
  assert.throws(() => new Webhook(stranger).verify(message.body, headers))
  assert.throws(() => new Webhook(newer).verify(`${message.body} `, headers))
})

test('an ed25519 signature is verified by the public key alone (U114)', () => {
  const secret = mintSecret('ed25519')
  const headers = signMessage(message, [secret])
  const [version, signature = ''] = headers['webhook-signature']?.split(',') ?? []
  assert.equal(version, 'v1a')
  const x = Buffer.from(publicKeyOf(secret).replace('whpk_', ''), 'base64').toString('base64url')
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
  const signed = (body: string) => Buffer.from(`msg_1.${headers['webhook-timestamp']}.${body}`)
  const bytes = Buffer.from(signature, 'base64')
  assert.ok(verify(null, signed(message.body), key, bytes))
  assert.ok(!verify(null, signed('{}'), key, bytes))
})

test('the vector of the specification: a known secret, id and time give the known signature', () => {
  const headers = signMessage(
    {
      id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      at: new Date(1_614_265_330_000),
      body: '{"test": 2432232314}',
    },
    ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
  )
  const signature = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='
  assert.equal(headers['webhook-signature'], signature)
})

test('secrets are told by their form', () => {
  assert.ok(isSecret(mintSecret('hmac')))
  assert.equal(kindOfSecret(mintSecret('hmac')), 'hmac')
  assert.equal(kindOfSecret(mintSecret('ed25519')), 'ed25519')
  for (const text of ['', 'whsec_', 'whsec_c2hvcnQ=', 'secret', `whsec_${'A'.repeat(200)}`]) {
    assert.ok(!isSecret(text), text)
  }
})
