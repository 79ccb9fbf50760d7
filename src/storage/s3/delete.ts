import { createHash } from 'node:crypto'
import { DeleteObjectCommand, DeleteObjectsCommand } from '@aws-sdk/client-s3'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { refuseStopped } from '../refuse-stopped.ts'
import { isAbsent, statusOf, toStorageError } from './failures.ts'
import { listObjects } from './list.ts'
import { type Buckets, type Place, placeOf } from './place.ts'

/** As many as S3 removes in one call. */
const batchSize = 1000
/** Some servers, Google's among them, know no batches; Ceph 16 wants a right to the whole bucket. */
const answersOfNoBatches = [400, 403, 405, 501]
const singlesAtOnce = 20

/** Removes an object; one that is not there is no error. */
export async function deleteObject({ client }: Buckets, key: string, place: Place): Promise<void> {
  try {
    await client.send(new DeleteObjectCommand(place))
  } catch (error) {
    if (!isAbsent(error)) throw toStorageError(error, key)
  }
}

/** Removes everything below a prefix, until `signal` says otherwise. */
export async function deleteBelow(
  buckets: Buckets,
  prefix: string,
  signal?: AbortSignal,
): Promise<void> {
  const remove = async (bucket: string, keys: readonly string[]): Promise<void> => {
    refuseStopped(signal, prefix)
    await deleteBatch(buckets, bucket, { keys, signal })
  }
  const batches = new Map<string, string[]>()
  for await (const { key } of listObjects(buckets, prefix)) {
    const { Bucket } = placeOf(buckets, key)
    const batch = batches.get(Bucket) ?? []
    batches.set(Bucket, batch)
    batch.push(key)
    if (batch.length === batchSize) await remove(Bucket, batch.splice(0))
  }
  for (const [Bucket, batch] of batches) {
    if (batch.length > 0) await remove(Bucket, batch)
  }
}

interface Batch {
  readonly keys: readonly string[]
  readonly signal: AbortSignal | undefined
}

async function deleteBatch(
  buckets: Buckets,
  Bucket: string,
  { keys, signal }: Batch,
): Promise<void> {
  const Objects = keys.map((key) => ({ Key: placeOf(buckets, key).Key }))
  const command = new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } })
  addContentMd5(command)
  try {
    const options = signal ? { abortSignal: signal } : {}
    const { Errors = [] } = await buckets.client.send(command, options)
    const [failed] = Errors
    if (failed)
      throw toStorageError(new Error(`${failed.Code}: ${failed.Message}`), failed.Key ?? '')
  } catch (error) {
    if (error instanceof ReelmillError || !answersOfNoBatches.includes(statusOf(error) ?? 0)) {
      throw toStorageError(error, keys[0] ?? '')
    }
    await deleteSingly(buckets, { keys, signal })
  }
}

async function deleteSingly(buckets: Buckets, { keys, signal }: Batch): Promise<void> {
  for (let at = 0; at < keys.length; at += singlesAtOnce) {
    refuseStopped(signal, keys[at] ?? '')
    const some = keys.slice(at, at + singlesAtOnce)
    await Promise.all(some.map((key) => deleteObject(buckets, key, placeOf(buckets, key))))
  }
}

/** Servers that do not know the SDK's checksums want this one, and all others take it. */
function addContentMd5(command: DeleteObjectsCommand): void {
  command.middlewareStack.add(
    (next) => (args) => {
      const { request } = args
      if (isRequest(request) && typeof request.body === 'string') {
        request.headers['content-md5'] = createHash('md5').update(request.body).digest('base64')
      }
      return next(args)
    },
    { step: 'build', name: 'addContentMd5', priority: 'low' },
  )
}

function isRequest(value: unknown): value is { headers: Record<string, string>; body?: unknown } {
  return typeof value === 'object' && value !== null && 'headers' in value
}
