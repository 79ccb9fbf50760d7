import Uppy, { type UppyFile } from '@uppy/core'
import GoldenRetriever from '@uppy/golden-retriever'
import Tus, { type TusBody } from '@uppy/tus'
import type { DetailedError, HttpRequest } from 'tus-js-client'
import { addressOf } from '../../api/root.ts'
import { keptBytes } from './kept.ts'

/** What is noted down of a file. */
export type Notes = {
  title?: string
  /** The title as the server knows it. */
  toldTitle?: string
  profile?: string
  visibility?: string
  videoId?: string
  /** With it the upload is begun once, however often its beginning is sent. */
  key?: string
}

export type File = UppyFile<Notes, TusBody>
export type Sender = Uppy<Notes, TusBody>

/** How an upload goes, beside what Uppy itself tells. */
export interface Told {
  readonly onVideo: (file: File, videoId: string) => void
  /** A part broke off, and will be tried again. */
  readonly onCut: (file: File) => void
  /** It is given up until somebody tries again. */
  readonly onRefused: (file: File, error: DetailedError) => void
}

const told = ['name', 'type', 'title', 'profile', 'visibility']
/** At once, then slower; of a network that is away for minutes nothing is given up. */
const retryDelays = [0, 1000, 2000, 4000, 8000, 15_000, ...Array<number>(40).fill(30_000)]
/** Longer ago the server has given an upload up, too (UPLOAD_EXPIRATION). */
const keptMs = 24 * 3600 * 1000

// By itself it writes down what there is only every half second: a page that is left or loaded
// again within it had lost a file that was just chosen, or begun. There is no option; this is what
// the library's own tests use. Should it go, the test that loads the upload page again fails.
Reflect.set(GoldenRetriever, Symbol.for('uppy test: throttleTime'), 0)

/** Uppy with tus and its memory. `id` tells whose uploads it keeps on this device. */
export function openUppy(id: string, sourceMaxBytes: number, tell: Told): Sender {
  const uppy: Sender = new Uppy<Notes, TusBody>({
    id,
    // What goes wrong is told on the page.
    logger: { debug: () => undefined, warn: () => undefined, error: () => undefined },
    restrictions: { allowedFileTypes: ['video/*'], maxFileSize: sourceMaxBytes },
    locale: {
      strings: {
        youCanOnlyUploadFileTypes: 'Only videos can be uploaded.',
        exceedsSize: '“%{file}” is larger than %{size}, the most that this server takes.',
        noDuplicates: '“%{fileName}” is in the list already.',
      },
      pluralize: (count) => (count === 1 ? 0 : 1),
    },
  })
  const files = new WeakMap<HttpRequest, File>()
  uppy.use(Tus<Notes, TusBody>, {
    endpoint: addressOf('api/v1/uploads'),
    retryDelays,
    // Of a narrow line each gets enough to end one after the other.
    limit: 2,
    removeFingerprintOnSuccess: true,
    allowedMetaFields: told,
    headers: ({ meta: { key } }): Record<string, string> => (key ? { 'Idempotency-Key': key } : {}),
    onBeforeRequest: (request, file) => void files.set(request, file),
    onAfterResponse: (request, response) => {
      const [file, video] = [files.get(request), response.getHeader('X-Reelmill-Video')]
      if (file && video) tell.onVideo(file, video)
    },
    onShouldRetry: (error, _attempt, _options, usual) => {
      const file = error.originalRequest && files.get(error.originalRequest)
      const goesOn = usual(error)
      if (file && goesOn) tell.onCut(file)
      if (file && !goesOn) tell.onRefused(file, error)
      return goesOn
    },
  })
  // Its types do not say what it passes on to its store.
  const limits = { maxFileSize: keptBytes.file, maxTotalSize: keptBytes.all }
  uppy.use(GoldenRetriever<Notes, TusBody>, { expires: keptMs, indexedDB: limits as object })
  return uppy
}

/** Waits until what was kept is there again; of nothing kept it says nothing, so not for long. */
export function whenRestored(uppy: Sender, mostMs: number): Promise<void> {
  return new Promise((resolve) => {
    uppy.once('restored', () => resolve())
    setTimeout(resolve, mostMs)
  })
}
