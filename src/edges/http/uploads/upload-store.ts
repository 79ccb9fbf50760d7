import type { Readable } from 'node:stream'
import { DataStore, type Lock, type Locker, Metadata, Upload as TusUpload } from '@tus/server'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { Parts } from '#flow/parts.ts'
import { abandonUpload } from '#flow/uploads/abandon-upload.ts'
import { type Hold, takeHold } from '#flow/uploads/hold-upload.ts'
import type { IncomingBody } from '#flow/uploads/incoming-body.ts'
import { openUpload, type UploadOrder } from '#flow/uploads/open-upload.ts'
import { receiveBytes } from '#flow/uploads/receive-bytes.ts'
import { requireOpen } from '#flow/uploads/require-open.ts'
import { tellLength } from '#flow/uploads/tell-length.ts'
import type { Upload } from '#flow/uploads/upload.ts'
import type { Checksum } from '#flow/uploads/write-body.ts'

/** What one request brings to the store. */
export interface UploadCall {
  /** Read by the store itself, straight into the source. */
  readonly body: IncomingBody
  readonly checksum: Checksum | null
  /** What a new upload is to be, from what the caller tells of it; refuses who may not. */
  readonly order: (upload: TusUpload) => Promise<UploadOrder>
}

/**
 * The uploads of this server as `@tus/server` sees them, for one request. The stores that come with it
 * keep files and notes of their own: these are rows, and the bytes go to where the source is to be.
 */
export class UploadStore extends DataStore implements Locker {
  readonly #parts: Parts
  readonly #call: UploadCall
  #hold: Hold | null = null
  #upload: Upload | null = null

  constructor(parts: Parts, call: UploadCall) {
    super()
    this.#parts = parts
    this.#call = call
    this.extensions = [
      'creation',
      'creation-with-upload',
      'creation-defer-length',
      'termination',
      'expiration',
      'checksum',
    ]
  }

  /** The upload of this request, once it is known. */
  get upload(): Upload | null {
    return this.#upload
  }

  /** The hold of an upload as the library's lock. One that is being created has nobody to share with. */
  newLock(id: string): Lock {
    return {
      lock: async () => {
        if (id === newUploadId) return
        const { hold, upload } = await takeHold(this.#parts, id, this.#letGo)
        this.#hold = hold
        this.#upload = upload
      },
      unlock: async () => this.#hold?.release(),
    }
  }

  override async create(file: TusUpload): Promise<TusUpload> {
    const order = await this.#call.order(file)
    const { id, hold, upload } = await openUpload(this.#parts, order, this.#letGo)
    this.#hold = hold
    this.#upload = upload
    file.id = id
    return file
  }

  override async getUpload(id: string): Promise<TusUpload> {
    const held = this.#held()
    const upload = await requireOpen(this.#parts, held.hold, held.upload)
    this.#upload = upload
    const { receivedBytes: offset, lengthBytes, metadata } = upload
    return new TusUpload({
      id,
      offset,
      ...(lengthBytes === null ? {} : { size: lengthBytes }),
      ...(metadata === null ? {} : { metadata: Metadata.parse(metadata) }),
    })
  }

  /** The body is read from the request: the library's own way to it copies it through web streams. */
  override async write(empty: Readable, _id: string, from: number): Promise<number> {
    empty.resume()
    const { hold, upload } = this.#held()
    // Of a creation that came again: its bytes would be the first ones, and some of them are there.
    if (from !== upload.receivedBytes) throw new ReelmillError('upload_offset_conflict')
    const { body, checksum } = this.#call
    const offset = await receiveBytes(this.#parts, { hold, upload, body, checksum })
    if (offset === upload.lengthBytes) this.#upload = { ...upload, finishedAt: new Date() }
    return offset
  }

  override async declareUploadLength(_id: string, lengthBytes: number): Promise<void> {
    const { hold, upload } = this.#held()
    await tellLength(this.#parts, hold, lengthBytes)
    this.#upload = { ...upload, lengthBytes }
  }

  override async remove(): Promise<void> {
    const { hold, upload } = this.#held()
    await abandonUpload(this.#parts, hold, upload)
  }

  /** Whoever sends here hangs, or is not the uploader's newest connection. */
  readonly #letGo = (): void => {
    this.#call.body.destroy()
  }

  #held(): { readonly hold: Hold; readonly upload: Upload } {
    if (!this.#hold || !this.#upload) throw new ReelmillError('upload_not_found')
    return { hold: this.#hold, upload: this.#upload }
  }
}

/** What an upload is called until its rows are made. */
export const newUploadId = 'new'
