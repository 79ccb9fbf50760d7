/** Where and how Uppy uploads a file. */
export interface UppyUpload {
  readonly endpoint: string
  readonly retryDelays: readonly number[]
  readonly chunkSize: number
  /** Of the file, beside its name and type. */
  readonly meta: Readonly<Record<string, string>>
}

interface Uppy {
  use(plugin: unknown, options: object): Uppy
  setMeta(meta: object): void
  addFile(file: object): string
  upload(): Promise<{ readonly failed?: readonly { readonly error: unknown }[] } | undefined>
}

/** Uppy's types bring those of browsers, which differ from Node's: so it is loaded without them. */
const load = async (name: string) => (await import(name)) as { readonly default: unknown }

/** Uploads a clip as a page does that has Uppy; fails as Uppy does. */
export async function uploadByUppy(bytes: Buffer, upload: UppyUpload): Promise<void> {
  const { meta, ...options } = upload
  const { default: core } = await load('@uppy/core')
  const { default: tus } = await load('@uppy/tus')
  const restrictions = { allowedFileTypes: ['video/*'], maxNumberOfFiles: 1 }
  const uppy = new (core as new (options: object) => Uppy)({ restrictions }).use(tus, options)
  uppy.setMeta(meta)
  // In Node its client of tus takes buffers, which do not tell their size as files of pages do.
  const data = Object.assign(Buffer.from(bytes), { size: bytes.length })
  uppy.addFile({ name: 'film.mp4', type: 'video/mp4', data })
  const [failure] = (await uppy.upload())?.failed ?? []
  if (failure) throw new Error('Uppy gave up.', { cause: failure.error })
}
