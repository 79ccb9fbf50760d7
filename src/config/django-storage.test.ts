import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readConfig } from './config.ts'

const s3Class = 'storages.backends.s3boto3.S3Boto3Storage'
const fileClass = 'django.core.files.storage.FileSystemStorage'

test("Django's names of storages are understood (M-06, M-07, D-34)", () => {
  assert.equal(readConfig({ STORAGES_VIDEOS_BACKEND: s3Class }).storage, 's3')
  assert.equal(readConfig({ STORAGES_VIDEOS_BACKEND: fileClass }).storage, 'fs')
  assert.equal(readConfig({ STORAGE_BACKEND: 'marsha.core.storage.s3' }).storage, 's3')
  assert.equal(readConfig({ STORAGE_BACKEND: 'marsha.core.storage.dummy' }).storage, 'memory')
  assert.throws(() => readConfig({ STORAGE_BACKEND: 'tape' }), /STORAGE_BACKEND is "tape"/)
})

test('Two switches that name different storages are refused, both by name (M-08)', () => {
  const pair = { STORAGES_VIDEOS_BACKEND: s3Class, STORAGE_BACKEND: 'marsha.core.storage.s3' }
  assert.equal(readConfig(pair).storage, 's3')
  assert.throws(
    () => readConfig({ ...pair, STORAGE_BACKEND: 'marsha.core.storage.filesystem' }),
    /STORAGES_VIDEOS_BACKEND=.* and STORAGE_BACKEND=/,
  )
  assert.throws(() => readConfig({ ...pair, STORAGE: 'fs' }), /STORAGE=fs and STORAGES_VIDEOS_BACK/)
})

test("Options of Django's S3 storage become settings, and ours win (D-34, M-45)", () => {
  const options = {
    bucket_name: 'films',
    custom_domain: 'cdn.example.org',
    use_ssl: false,
    object_parameters: { ContentDisposition: 'attachment' },
  }
  const config = readConfig({ STORAGES_VIDEOS_OPTIONS: JSON.stringify(options) })
  assert.equal(config.s3Bucket, 'films')
  assert.equal(config.s3PublicUrl, 'cdn.example.org')
  assert.equal(config.s3IsSecure, false)
  assert.deepEqual(config.s3ObjectParameters, { ContentDisposition: 'attachment' })
  const both = { STORAGES_VIDEOS_OPTIONS: '{"bucket_name":"theirs"}', S3_BUCKET: 'ours' }
  assert.equal(readConfig(both).s3Bucket, 'ours')
  assert.throws(() => readConfig({ STORAGES_VIDEOS_OPTIONS: '{"colour":1}' }), /"colour"/)
  assert.throws(() => readConfig({ STORAGES_VIDEOS_OPTIONS: 'films' }), /JSON object/)
})

test('S3 is set up by the names of all five systems (V-33, V-35, C-43, M-45)', () => {
  const video = readConfig({
    S3_ENDPOINT_URL: 'http://minio:9000/',
    S3_ACCESS_KEY_ID: 'a',
    S3_SECRET_ACCESS_KEY: 'b',
    S3_REGION_NAME: 'fr-par',
    S3_DEFAULT_BUCKET: 'in',
  })
  assert.equal(video.s3EndpointUrl, 'http://minio:9000')
  assert.equal(video.s3Bucket, 'in')
  const site = readConfig({
    B2_ENDPOINT_URL: 's3.eu-central-003.backblazeb2.com',
    B2_APPLICATION_KEY_ID: 'a',
    B2_APPLICATION_KEY: 'b',
    AWS_PRIVATE_BUCKET_NAME: 'films',
    BUNNY_PULL_ZONE_DOMAIN: 'films.b-cdn.net',
  })
  assert.equal(site.s3EndpointUrl, 's3.eu-central-003.backblazeb2.com')
  assert.deepEqual([site.s3AccessKeyId, site.s3SecretAccessKey], ['a', 'b'])
  assert.deepEqual([site.s3Bucket, site.s3PublicUrl], ['films', 'films.b-cdn.net'])
  assert.throws(() => readConfig({ S3_ENDPOINT_URL: 'ftp://x' }), /S3_ENDPOINT_URL is/)
  assert.throws(() => readConfig({ S3_OBJECT_PARAMETERS: '{"Colour":"red"}' }), /S3_OBJECT_PARAM/)
})

test('Transfers have the names and defaults that installations know (V-36)', () => {
  const config = readConfig({})
  assert.equal(config.s3TransferMultipartThreshold, 8_388_608)
  assert.equal(config.s3TransferMultipartChunksize, 8_388_608)
  assert.equal(config.s3TransferMaxConcurrency, 10)
  assert.equal(config.s3TransferNumDownloadAttempts, 5)
  assert.equal(readConfig({ S3_TRANSFER_MAX_CONCURRENCY: '3' }).s3TransferMaxConcurrency, 3)
})
