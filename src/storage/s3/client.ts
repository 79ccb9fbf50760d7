import { S3Client } from '@aws-sdk/client-s3'
import { retryStrategy } from './retry.ts'
import { endpointOf, type S3Settings } from './settings.ts'

/**
 * A client of the S3 server that the settings name, or of the same server at another address, which
 * then is what signatures hold.
 */
export function makeS3Client(settings: S3Settings, endpoint = endpointOf(settings)): S3Client {
  const { s3AccessKeyId: accessKeyId, s3SecretAccessKey: secretAccessKey } = settings
  const { s3SessionToken: sessionToken } = settings
  // A reader that is waited for, such as a paused player, holds a connection: there must be more.
  const agent = { maxSockets: 2000 }
  return new S3Client({
    endpoint,
    region: settings.s3RegionName,
    forcePathStyle: settings.s3ForcePathStyle,
    ...(accessKeyId !== null && secretAccessKey !== null
      ? { credentials: { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) } }
      : {}),
    // The default, WHEN_SUPPORTED, sends CRC32 as a trailer of a chunked body, which servers of
    // others than Amazon refuse or, worse, store. What is sent is signed with its SHA-256 anyway,
    // and what comes is checked by its length and entity tag.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    retryStrategy: retryStrategy({ attempts: settings.s3MaxAttempts, random: Math.random }),
    requestHandler: {
      connectionTimeout: settings.s3ConnectTimeoutSeconds * 1000,
      // Of silence. The SDK's requestTimeout counts from the first byte sent, and so would cut off
      // every part that a slow line takes longer for. A reader that pauses for so long loses its
      // connection, and read.ts takes the body up again.
      socketTimeout: settings.s3ReadTimeoutSeconds * 1000,
      httpAgent: agent,
      httpsAgent: agent,
    },
  })
}
