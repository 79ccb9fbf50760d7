import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { PutBucketPolicyCommand } from '@aws-sdk/client-s3'
import S3rver from 's3rver'
import type { Config } from '#config/config.ts'
import { makeS3Client } from '#storage/s3/client.ts'
import { makeFolder } from './files.ts'

interface TestEnd {
  readonly after: (hook: () => Promise<void>) => void
}

/** Settings of a storage in a bucket of its own, which is made when the storage is opened. */
export type S3TestSettings = Pick<
  Config,
  | 'storage'
  | 's3EndpointUrl'
  | 's3AccessKeyId'
  | 's3SecretAccessKey'
  | 's3Bucket'
  | 's3CreateBucket'
>

/** A real server to test against, as http://KEY:SECRET@HOST:PORT; unset: s3rver, in this process. */
const given = process.env['S3_SERVER_FOR_TESTS']

/** For a test's `skip` where s3rver is too simple: false where a real server is given. */
export const skipWithoutRealS3 =
  !given &&
  's3rver does not do that: .ci/start-rgw starts a server that does, S3_SERVER_FOR_TESTS names it'

/** Keys of a second user of the given server, as KEY:SECRET, who may do nothing. */
const second = process.env['S3_SECOND_USER_FOR_TESTS']

/** For a test's `skip`: false where there is a second user. */
export const skipWithoutSecondUser = !second && 'S3_SECOND_USER_FOR_TESTS names no second user'

/** The keys of the second user. */
export function secondUser(): Pick<S3TestSettings, 's3AccessKeyId' | 's3SecretAccessKey'> {
  const [s3AccessKeyId = null, s3SecretAccessKey = null] = second?.split(':') ?? []
  return { s3AccessKeyId, s3SecretAccessKey }
}

/** Lets everybody read what is below a folder of a bucket that is there; on s3rver that is so anyway. */
export async function openToEveryone(settings: Config, folder: string): Promise<void> {
  if (skipWithoutRealS3) return
  const Bucket = settings.s3Bucket ?? ''
  const Resource = [`arn:aws:s3:::${Bucket}/${folder}/*`]
  const rule = { Effect: 'Allow', Principal: '*', Action: ['s3:GetObject'], Resource }
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [rule] })
  await makeS3Client(settings).send(new PutBucketPolicyCommand({ Bucket, Policy }))
}

/** Starts an S3 server, or takes the given one, and names a bucket of it that nobody else has. */
export async function openS3Server(t: TestEnd): Promise<S3TestSettings> {
  const { origin, username, password } = new URL(given || (await startS3rver(t)))
  return {
    storage: 's3',
    s3EndpointUrl: origin,
    s3AccessKeyId: username,
    s3SecretAccessKey: password,
    s3Bucket: `test-${randomBytes(8).toString('hex')}`,
    s3CreateBucket: true,
  }
}

/** The same as settings of a program's environment. */
export async function openS3ServerForProgram(
  t: TestEnd,
): Promise<Readonly<Record<string, string>>> {
  const settings = await openS3Server(t)
  return {
    STORAGE: 's3',
    S3_ENDPOINT_URL: settings.s3EndpointUrl ?? '',
    S3_ACCESS_KEY_ID: settings.s3AccessKeyId ?? '',
    S3_SECRET_ACCESS_KEY: settings.s3SecretAccessKey ?? '',
    S3_BUCKET: settings.s3Bucket ?? '',
    S3_CREATE_BUCKET: 'true',
  }
}

async function startS3rver(t: TestEnd): Promise<string> {
  const directory = await makeFolder(t)
  const server = new S3rver({ address: '127.0.0.1', port: 0, silent: true, directory })
  const { port } = await server.run()
  t.after(async () => {
    server.httpServer.close()
    server.httpServer.closeAllConnections()
    await once(server.httpServer, 'close')
  })
  return `http://S3RVER:S3RVER@127.0.0.1:${port}`
}
