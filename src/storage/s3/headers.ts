import type { PutObjectCommandInput } from '@aws-sdk/client-s3'
import type { S3Settings } from './settings.ts'

/** What is kept of an object beside its bytes, and how. */
export type Headers = Pick<
  PutObjectCommandInput,
  | 'ACL'
  | 'CacheControl'
  | 'ContentDisposition'
  | 'ContentType'
  | 'ServerSideEncryption'
  | 'SSEKMSKeyId'
  | 'StorageClass'
  | 'Tagging'
>

/** S3_OBJECT_PARAMETERS as S3's calls take it; a word that the server does not know, it refuses. */
export function objectParameters(parameters: S3Settings['s3ObjectParameters']): Headers {
  // Sound: the setting lets only these names through, and texts are what goes on the wire.
  return parameters as Headers
}
