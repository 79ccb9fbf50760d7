import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { PutBucketCorsCommand, PutBucketPolicyCommand } from '@aws-sdk/client-s3'
import { type Config, readConfig } from '#config/config.ts'
import {
  openS3Server,
  openToEveryone,
  secondUser,
  skipWithoutRealS3,
  skipWithoutSecondUser,
} from '../../../test/support/s3-server.ts'
import { describeStorage, keysBelow } from '../../../test/support/storage-contract.ts'
import { makeS3Client } from './client.ts'
import { openS3Storage } from './driver.ts'

/** What docs/operate.md says that a server needs. */
const serverOnBuckets = ['s3:ListBucket', 's3:ListBucketMultipartUploads']
const serverOnObjects = [
  's3:GetObject',
  's3:PutObject',
  's3:DeleteObject',
  's3:AbortMultipartUpload',
  's3:ListMultipartUploadParts',
]
const secondUserArn = { AWS: ['arn:aws:iam:::user/second'] }

interface Statement {
  readonly Principal: unknown
  readonly Action: readonly string[]
  readonly Resource: readonly string[]
}

/** A bucket of the first user, with these rules. */
async function openRuled(
  t: TestContext,
  rulesOf: (bucket: string) => readonly Statement[],
): Promise<Config> {
  const settings = readConfig({}, await openS3Server(t))
  await openS3Storage(settings)
  const bucket = settings.s3Bucket ?? ''
  const Statement = rulesOf(`arn:aws:s3:::${bucket}`).map((rule) => ({ Effect: 'Allow', ...rule }))
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement })
  await makeS3Client(settings).send(new PutBucketPolicyCommand({ Bucket: bucket, Policy }))
  return settings
}

const openLimited = async (t: TestContext): Promise<Config> => {
  const settings = await openRuled(t, (bucket) => [
    { Principal: secondUserArn, Action: serverOnBuckets, Resource: [bucket] },
    { Principal: secondUserArn, Action: serverOnObjects, Resource: [`${bucket}/*`] },
  ])
  return { ...settings, ...secondUser(), s3CreateBucket: false }
}

if (!skipWithoutSecondUser) {
  describeStorage('S3, with the least rights (C-48)', async (t) => {
    return openS3Storage(await openLimited(t))
  })
}

test('A server with the least rights sweeps, and nobody else gets in (C-48)', {
  skip: skipWithoutSecondUser,
}, async (t) => {
  const storage = await openS3Storage(await openLimited(t))
  assert.equal(await storage.sweepTemporary(0), 0)
  const closed = readConfig({}, { ...(await openS3Server(t)) })
  await openS3Storage(closed)
  await assert.rejects(openS3Storage({ ...closed, ...secondUser() }), { code: 'invalid_setting' })
})

test('A CDN that may read published videos reads nothing else (C-48, M-43)', {
  skip: skipWithoutRealS3,
}, async (t) => {
  const settings = readConfig({}, await openS3Server(t))
  await openS3Storage(settings)
  await openToEveryone(settings, 'videos')
  const origin = `${settings.s3EndpointUrl}/${settings.s3Bucket}`
  const storage = await openS3Storage({ ...settings, s3PublicUrl: origin })
  await storage.put('videos/1/1/master.m3u8', Buffer.from('#EXTM3U'))
  await storage.put('sources/1/1/source', Buffer.from('secret'))
  const address = storage.signer?.publicUrl('videos/1/1/master.m3u8') ?? ''
  assert.equal(await (await fetch(address)).text(), '#EXTM3U')
  assert.equal((await fetch(`${origin}/sources/1/1/source`)).status, 403)
  assert.equal((await fetch(address, { method: 'DELETE' })).status, 403)
  assert.deepEqual(await keysBelow(storage, 'videos'), ['videos/1/1/master.m3u8'])
})

test('Browsers of an allowed origin may play and upload, others not (C-26)', {
  skip: skipWithoutRealS3,
}, async (t) => {
  const settings = readConfig({}, await openS3Server(t))
  const { signer } = await openS3Storage(settings)
  const rule = {
    AllowedOrigins: ['https://videos.example.org'],
    AllowedMethods: ['GET', 'HEAD', 'PUT', 'POST'],
    AllowedHeaders: ['content-type', 'range'],
    ExposeHeaders: ['ETag', 'Content-Range', 'Accept-Ranges'],
    MaxAgeSeconds: 3600,
  }
  const Bucket = settings.s3Bucket ?? ''
  const CORSConfiguration = { CORSRules: [rule] }
  await makeS3Client(settings).send(new PutBucketCorsCommand({ Bucket, CORSConfiguration }))
  const url = (await signer?.put('tmp/1', { expiresSeconds: 60, contentType: 'video/mp4' }))?.url
  const ask = async (origin: string): Promise<Response> =>
    fetch(url ?? '', {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'PUT',
        'access-control-request-headers': 'content-type',
      },
    })
  const allowed = await ask('https://videos.example.org')
  assert.equal(allowed.status, 200)
  assert.equal(allowed.headers.get('access-control-allow-origin'), 'https://videos.example.org')
  const other = await ask('https://elsewhere.example.org')
  assert.equal(other.headers.get('access-control-allow-origin'), null)
})
