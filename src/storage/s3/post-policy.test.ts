import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deriveKey, hmac, makePostFields } from './post-policy.ts'

const amazons = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-post-example.html, its lines end in CRLF. */
const example = `{ "expiration": "2015-12-30T12:00:00.000Z",
  "conditions": [
    {"bucket": "sigv4examplebucket"},
    ["starts-with", "$key", "user/user1/"],
    {"acl": "public-read"},
    {"success_action_redirect": "http://sigv4examplebucket.s3.amazonaws.com/successful_upload.html"},
    ["starts-with", "$Content-Type", "image/"],
    {"x-amz-meta-uuid": "14365123651274"},
    {"x-amz-server-side-encryption": "AES256"},
    ["starts-with", "$x-amz-meta-tag", ""],

    {"x-amz-credential": "AKIAIOSFODNN7EXAMPLE/20151229/us-east-1/s3/aws4_request"},
    {"x-amz-algorithm": "AWS4-HMAC-SHA256"},
    {"x-amz-date": "20151229T000000Z" }
  ]
}`

test("Amazon's own example of a signed policy gets Amazon's signature (M-23)", () => {
  const policy = Buffer.from(example.replaceAll('\n', '\r\n')).toString('base64')
  const key = deriveKey(amazons.secretAccessKey, '20151229/us-east-1/s3/aws4_request')
  assert.equal(
    hmac(key, policy).toString('hex'),
    '8afdbf4008c03f22c2cd3cdb72e4afbb1f6a588f3255ac628749a66d7f09699e',
  )
})

test('A form has the fields and its policy the conditions that clients know (M-23)', () => {
  const fields = makePostFields({
    place: { Bucket: 'films', Key: 'tmp/1/video/1700000000' },
    region: 'fr-par',
    credentials: amazons,
    signedAt: new Date('2026-01-02T03:04:05.678Z'),
    expiresSeconds: 86_400,
    maxBytes: 1000,
    contentTypePrefix: 'video/',
  })
  const { policy = '', 'x-amz-signature': signature = '', ...others } = fields
  const signed = {
    acl: 'private',
    key: 'tmp/1/video/1700000000',
    'x-amz-algorithm': 'AWS4-HMAC-SHA256',
    'x-amz-credential': 'AKIAIOSFODNN7EXAMPLE/20260102/fr-par/s3/aws4_request',
    'x-amz-date': '20260102T030405Z',
  }
  assert.deepEqual(others, signed)
  assert.match(signature, /^[\da-f]{64}$/)
  assert.deepEqual(JSON.parse(Buffer.from(policy, 'base64').toString()), {
    expiration: '2026-01-03T03:04:05.678Z',
    conditions: [
      ...Object.entries(signed).map(([name, value]) => ({ [name]: value })),
      { bucket: 'films' },
      ['starts-with', '$Content-Type', 'video/'],
      ['content-length-range', 0, 1000],
    ],
  })
})
