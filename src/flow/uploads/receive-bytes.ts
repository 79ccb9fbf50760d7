import { notify } from '#database/notifications.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { Parts } from '../parts.ts'
import { finishUpload } from './finish-upload.ts'
import type { GrowingSource } from './growing-source.ts'
import type { Hold } from './hold-upload.ts'
import type { IncomingBody } from './incoming-body.ts'
import { openSource, removeSource, settleSource } from './open-source.ts'
import { recordReceived } from './record-received.ts'
import { isWanted } from './require-open.ts'
import type { Upload } from './upload.ts'
import { type Checksum, writeBody } from './write-body.ts'

/** What was sent is flushed, written down and shown at most so long after it came. */
const recordEveryMs = 2_000

/** A body on its way in, to one who holds the upload. */
export interface Receipt {
  readonly hold: Hold
  readonly upload: Upload
  readonly body: IncomingBody
  /** Nothing of the body is kept unless it is so; null to keep whatever comes. */
  readonly checksum: Checksum | null
}

/**
 * Adds a body to the source of an upload, up to where the sender goes away; with the last byte the
 * journey of the version begins. What is told to be there is on the disk.
 *
 * @returns the first byte that is missing now.
 * @throws ReelmillError `upload_gone`, `upload_held`, `upload_checksum_mismatch`,
 *   `payload_too_large`, and those of the storage. What came before is kept, but for a checksum.
 */
export async function receiveBytes(parts: Parts, receipt: Receipt): Promise<number> {
  const { upload, body, checksum } = receipt
  // Whoever did not hear the answer to the last byte asks again with none.
  if (upload.finishedAt) return upload.receivedBytes
  const source = await openSource(parts, upload)
  try {
    const stopRecording = recordRegularly(parts, receipt, source)
    const roomBytes = (upload.lengthBytes ?? parts.config.sourceMaxBytes) - upload.receivedBytes
    const idleMs = parts.config.uploadIdleSeconds * 1000
    const failure = await writeBody(source, { body, checksum, roomBytes, idleMs })
    await stopRecording()
    if (failure) {
      await keepWhatCame(parts, receipt, source)
      throw failure
    }
    return await writeDown(parts, receipt, source)
  } finally {
    await source.close()
  }
}

/** After a failure, which is told whatever becomes of this: less is kept at the worst. */
async function keepWhatCame(parts: Parts, receipt: Receipt, source: GrowingSource): Promise<void> {
  const { hold, upload, checksum } = receipt
  try {
    const receivedBytes = await source.finish()
    if (checksum) await source.undo()
    else await recordReceived(parts, hold, upload, { receivedBytes, growth: source.growth() })
  } catch (error) {
    parts.log.warn({ err: error }, 'what came of an upload before it failed is not kept')
  }
}

async function writeDown(
  parts: Parts,
  { hold, upload }: Receipt,
  source: GrowingSource,
): Promise<number> {
  const receivedBytes = await source.finish()
  const received = { receivedBytes, growth: source.growth() }
  // Also of the whole: should this process die before the end, another knows what to complete.
  if (!(await recordReceived(parts, hold, upload, received)))
    throw await reasonOfLoss(parts, upload)
  if (receivedBytes === upload.lengthBytes) {
    const whole = { ...upload, ...received }
    await settleSource(parts, whole)
    await finishUpload(parts, hold, whole)
  }
  return receivedBytes
}

/** Again and again while the body comes; ends the body where nobody waits for it any more. */
function recordRegularly(
  parts: Parts,
  receipt: Receipt,
  source: GrowingSource,
): () => Promise<void> {
  const { hold, upload, body, checksum } = receipt
  let running: Promise<void> | null = null
  const record = async (): Promise<void> => {
    const isWanted = await recordReceived(
      parts,
      hold,
      upload,
      checksum ? upload : { receivedBytes: await source.flush(), growth: source.growth() },
    )
    if (!isWanted) body.destroy()
    else await notify(parts.database, 'video', { videoId: upload.videoId })
  }
  const timer = setInterval(() => {
    running ??= record()
      // The end of the body is written down too, and tells what is wrong.
      .catch((error: unknown) => parts.log.warn({ err: error }, 'an upload was not written down'))
      .finally(() => {
        running = null
      })
  }, recordEveryMs)
  return async () => {
    clearInterval(timer)
    await running
  }
}

/** Bytes that came for a version that is gone are removed: no row knows of them any more. */
async function reasonOfLoss(parts: Parts, upload: Upload): Promise<ReelmillError> {
  if (await isWanted(parts.database, upload.idHash)) return new ReelmillError('upload_held')
  await removeSource(parts, upload)
  return new ReelmillError('upload_gone')
}
