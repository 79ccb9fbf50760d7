import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { type Config, readConfig } from '#config/config.ts'
import { findFreePort } from '../../../test/support/redis.ts'
import {
  openS3Server,
  type S3TestSettings,
  skipWithoutRealS3,
} from '../../../test/support/s3-server.ts'
import { openS3Storage } from './driver.ts'
import { endpointOf } from './settings.ts'

async function refuse(settings: Partial<Config>, setting: string, sentence: RegExp): Promise<void> {
  const expected = { code: 'invalid_setting', details: { setting }, message: sentence }
  await assert.rejects(openS3Storage(readConfig({}, settings)), expected)
}

test('What is missing at the start is named by its setting (U142)', async (t) => {
  const server = await openS3Server(t)
  await refuse({ ...server, s3Bucket: null }, 'S3_BUCKET', /needs S3_BUCKET/)
  const absent = { ...server, s3CreateBucket: false }
  await refuse(absent, 'S3_BUCKET', /there is no bucket "test-/)
  const half = { ...server, s3SecretAccessKey: null }
  await refuse(half, 'S3_SECRET_ACCESS_KEY', /belong together/)
})

test('Keys that the server refuses are told', { skip: skipWithoutRealS3 }, async (t) => {
  const server = await openBucket(t)
  await refuse(
    { ...server, s3SecretAccessKey: 'wrong' },
    'S3_ACCESS_KEY_ID',
    /does not let S3_ACCESS_KEY_ID into/,
  )
})

test('A server that is not there is told after the tries that are set', async () => {
  const settings = readConfig({}, { ...absentServer(await findFreePort()), s3MaxAttempts: 2 })
  await assert.rejects(openS3Storage(settings), {
    code: 'storage_unavailable',
    message: /^S3_ENDPOINT_URL: no S3 server answers at http:..127/,
  })
})

test('A bucket is made once when that is asked for (U12)', async (t) => {
  const server = await openBucket(t)
  await openS3Storage(readConfig({}, server))
  await openS3Storage(readConfig({}, { ...server, s3CreateBucket: false }))
})

test('The scheme says whether the server is spoken to by https, else S3_IS_SECURE (V-34)', () => {
  const endpoint = (environment: Record<string, string>) => endpointOf(readConfig(environment))
  assert.equal(endpoint({ S3_ENDPOINT_URL: 'minio:9000' }), 'https://minio:9000')
  assert.equal(
    endpoint({ S3_ENDPOINT_URL: 'minio:9000', S3_IS_SECURE: 'False' }),
    'http://minio:9000',
  )
  assert.equal(endpoint({ S3_ENDPOINT_URL: 'http://minio:9000' }), 'http://minio:9000')
  assert.equal(endpoint({ S3_REGION_NAME: 'eu-west-3' }), 'https://s3.eu-west-3.amazonaws.com')
})

async function openBucket(t: TestContext): Promise<S3TestSettings> {
  const server = await openS3Server(t)
  await openS3Storage(readConfig({}, server))
  return server
}

function absentServer(port: number): Partial<Config> {
  return {
    s3EndpointUrl: `http://127.0.0.1:${port}`,
    s3AccessKeyId: 'a',
    s3SecretAccessKey: 'b',
    s3Bucket: 'c',
  }
}
