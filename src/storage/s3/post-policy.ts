import { createHmac } from 'node:crypto'
import type { Place } from './place.ts'

/** Keys as the SDK resolves them. */
export interface Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string | undefined
}

/** What a form may bring, and until when. */
export interface PostOrder {
  readonly place: Place
  readonly region: string
  readonly credentials: Credentials
  readonly signedAt: Date
  readonly expiresSeconds: number
  readonly maxBytes: number
  readonly contentTypePrefix: string
}

/**
 * The fields of a form that S3 takes from a browser: a policy, and its signature by which S3 knows
 * that it is ours. https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html
 *
 * The SDK's own signer spells the fields differently and adds the bucket's name to them; clients of
 * M-23 look for these.
 */
export function makePostFields(order: PostOrder): Record<string, string> {
  const { place, region, credentials, signedAt } = order
  const date = signedAt.toISOString().replaceAll(/[-:]|\.\d{3}/g, '')
  const scope = `${date.slice(0, 8)}/${region}/s3/aws4_request`
  const { sessionToken } = credentials
  const fields = {
    acl: 'private',
    key: place.Key,
    'x-amz-algorithm': 'AWS4-HMAC-SHA256',
    'x-amz-credential': `${credentials.accessKeyId}/${scope}`,
    'x-amz-date': date,
    ...(sessionToken === undefined ? {} : { 'x-amz-security-token': sessionToken }),
  }
  const document = JSON.stringify({
    expiration: new Date(signedAt.getTime() + order.expiresSeconds * 1000).toISOString(),
    conditions: [
      ...Object.entries(fields).map(([name, value]) => ({ [name]: value })),
      { bucket: place.Bucket },
      ['starts-with', '$Content-Type', order.contentTypePrefix],
      ['content-length-range', 0, order.maxBytes],
    ],
  })
  const policy = Buffer.from(document).toString('base64')
  const key = deriveKey(credentials.secretAccessKey, scope)
  return { ...fields, policy, 'x-amz-signature': hmac(key, policy).toString('hex') }
}

/**
 * The key that signs for one day, region and service.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function deriveKey(secret: string, scope: string): Buffer {
  return scope.split('/').reduce<Buffer>(hmac, Buffer.from(`AWS4${secret}`))
}

/** HMAC-SHA256. */
export function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}
