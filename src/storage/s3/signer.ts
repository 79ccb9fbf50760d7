import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { attachmentNamed } from '../attachment-named.ts'
import type { StorageSigner } from '../contract.ts'
import { guarded } from './failures.ts'
import { type Buckets, isPublic, keyPrefix, placeOf } from './place.ts'
import { makePostFields } from './post-policy.ts'
import { endpointOf, type S3Settings } from './settings.ts'

/** The longest that a signature of this kind may hold, by S3's rules. */
const longestSeconds = 7 * 86_400

/** Signs for the server at which `buckets.client` is: that of S3_SIGNED_URL where there is one. */
export function makeSigner(buckets: Buckets): StorageSigner {
  const { client, settings } = buckets
  return {
    async get(key, { expiresSeconds, filename }) {
      const command = new GetObjectCommand({
        ...placeOf(buckets, key),
        ...(filename === undefined
          ? {}
          : { ResponseContentDisposition: attachmentNamed(filename) }),
      })
      return guarded(key, getSignedUrl(client, command, { expiresIn: limit(expiresSeconds) }))
    },
    async put(key, { expiresSeconds, contentType, sizeBytes }) {
      const command = new PutObjectCommand({
        ...placeOf(buckets, key),
        ...(contentType === undefined ? {} : { ContentType: contentType }),
        ...(sizeBytes === undefined ? {} : { ContentLength: sizeBytes }),
      })
      const url = await guarded(
        key,
        getSignedUrl(client, command, {
          expiresIn: limit(expiresSeconds),
          // The signer leaves the type out otherwise, and then any would be taken.
          signableHeaders: new Set(['host', 'content-length', 'content-type']),
        }),
      )
      return { url, headers: contentType === undefined ? {} : { 'content-type': contentType } }
    },
    async post(key, policy) {
      const place = placeOf(buckets, key)
      const credentials = await guarded(key, client.config.credentials())
      const fields = makePostFields({
        ...policy,
        place,
        credentials,
        region: settings.s3RegionName,
        signedAt: new Date(),
      })
      return { url: bucketAddress(settings, place.Bucket), fields }
    },
    publicUrl: (key) => publicUrl(buckets, key),
  }
}

/** Only what is in the public folders has a public address, at the CDN or at the public bucket. */
function publicUrl({ settings }: Buckets, key: string): string | null {
  if (!isPublic(settings, key)) return null
  const { s3PublicUrl: origin, s3PublicBucket: bucket } = settings
  const path = `/${keyPrefix(settings)}${key}`
  if (origin !== null) return `${origin.includes('://') ? '' : 'https://'}${origin}${path}`
  return bucket === null ? null : `${bucketAddress(settings, bucket)}${path}`
}

/** Where a bucket is for those outside, without a "/" at its end. */
function bucketAddress(settings: S3Settings, bucket: string): string {
  const server = settings.s3SignedUrl ?? endpointOf(settings)
  if (settings.s3ForcePathStyle) return `${server}/${bucket}`
  return server.replace('://', `://${bucket}.`)
}

function limit(seconds: number): number {
  return Math.min(seconds, longestSeconds)
}
