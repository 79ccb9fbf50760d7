import { CreateBucketCommand, HeadBucketCommand } from '@aws-sdk/client-s3'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { makeS3Client } from './client.ts'
import { nameOf, statusOf, toStorageError } from './failures.ts'
import type { Buckets } from './place.ts'
import { endpointOf, type S3Settings } from './settings.ts'

/**
 * Finds the buckets that the settings name, or makes them where S3_CREATE_BUCKET says so.
 *
 * @throws ReelmillError `invalid_setting`, naming the setting: no bucket is named or there is none,
 * half of a pair of keys, keys that the server refuses; `storage_unavailable`.
 */
export async function openBuckets(settings: S3Settings): Promise<Buckets> {
  const { s3Bucket: main, s3PublicBucket } = settings
  if (main === null) throw invalid('S3_BUCKET', 'STORAGE=s3 needs S3_BUCKET, the bucket.')
  checkKeys(settings)
  const client = makeS3Client(settings)
  const all = [...new Set([main, s3PublicBucket ?? main])]
  const buckets = { client, settings, main, all }
  await findBucket(buckets, main, 'S3_BUCKET')
  if (s3PublicBucket !== null) await findBucket(buckets, s3PublicBucket, 'S3_PUBLIC_BUCKET')
  return buckets
}

function checkKeys({ s3AccessKeyId, s3SecretAccessKey }: S3Settings): void {
  if ((s3AccessKeyId === null) === (s3SecretAccessKey === null)) return
  const missing = s3AccessKeyId === null ? 'S3_ACCESS_KEY_ID' : 'S3_SECRET_ACCESS_KEY'
  throw invalid(missing, `${missing} is missing: the two keys of S3 belong together.`)
}

async function findBucket(buckets: Buckets, bucket: string, setting: string): Promise<void> {
  const { client, settings } = buckets
  try {
    await client.send(new HeadBucketCommand({ Bucket: bucket }))
  } catch (error) {
    const status = statusOf(error)
    if (status === 404 && settings.s3CreateBucket) return createBucket(buckets, bucket)
    if (status === 404) {
      throw invalid(
        setting,
        `${setting}: there is no bucket "${bucket}". Make it, or set S3_CREATE_BUCKET=true.`,
        error,
      )
    }
    if (status === 401 || status === 403) {
      const sentence = `The S3 server does not let S3_ACCESS_KEY_ID into the bucket "${bucket}".`
      throw invalid('S3_ACCESS_KEY_ID', sentence, error)
    }
    if (nameOf(error) === 'CredentialsProviderError') {
      throw invalid('S3_ACCESS_KEY_ID', 'STORAGE=s3 needs S3_ACCESS_KEY_ID and its secret.', error)
    }
    throw status === null ? toUnreachable(error, settings) : toStorageError(error, '')
  }
}

/** No answer at all, so most probably the wrong address. */
function toUnreachable(cause: unknown, settings: S3Settings): ReelmillError {
  const sentence = `S3_ENDPOINT_URL: no S3 server answers at ${endpointOf(settings)}.`
  return new ReelmillError('storage_unavailable', sentence, { cause })
}

async function createBucket({ client, settings }: Buckets, bucket: string): Promise<void> {
  // Amazon's first region must not be named, every other one must.
  const isFirst = settings.s3EndpointUrl !== null || settings.s3RegionName === 'us-east-1'
  const where = { LocationConstraint: settings.s3RegionName as BucketRegion }
  try {
    await client.send(
      new CreateBucketCommand({
        Bucket: bucket,
        ...(isFirst ? {} : { CreateBucketConfiguration: where }),
      }),
    )
  } catch (error) {
    // Another server of ours was quicker.
    if (nameOf(error) !== 'BucketAlreadyOwnedByYou') throw toStorageError(error, '')
  }
}

type BucketRegion = NonNullable<
  NonNullable<
    ConstructorParameters<typeof CreateBucketCommand>[0]['CreateBucketConfiguration']
  >['LocationConstraint']
>

function invalid(setting: string, sentence: string, cause?: unknown): ReelmillError {
  return new ReelmillError('invalid_setting', sentence, { cause, details: { setting } })
}
