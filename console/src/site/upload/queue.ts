import { isLeftWithLoss } from './kept.ts'
import { type Notes, openUppy, type Sender, whenRestored } from './open-uppy.ts'
import { keepPace, type Pace } from './pace.ts'
import { forget, isRemembered, remember } from './remembered.ts'
import { stopOnServer } from './stop-on-server.ts'
import { titleOf, toUpload } from './upload.ts'
import { type NextWish, uploadsStore } from './uploads-store.ts'
import { whyRefused } from './why-refused.ts'

export interface QueueOptions {
  /** Tells whose uploads these are on this device. */
  readonly id: string
  readonly sourceMaxBytes: number
  /** A file is not taken: why. */
  readonly onRefused: (sentence: string) => void
  /** Gives a video another name. */
  readonly rename: (videoId: string, title: string) => Promise<void>
}

interface Known {
  isActive: boolean
  isCut: boolean
  pace: Pace | null
  problem: string | null
}

/**
 * The uploads of somebody in this page: what they are stands in the uploads' store, this changes them.
 * Whatever was under way when the page was left goes on when it is opened again.
 */
export class UploadQueue {
  readonly #options: QueueOptions
  readonly #uppy: Sender
  readonly #known = new Map<string, Known>()
  #isRestored = false
  #isAsked = false
  #isClosed = false

  private constructor(options: QueueOptions) {
    this.#options = options
    this.#uppy = openUppy(options.id, options.sourceMaxBytes, {
      onVideo: ({ id }, videoId) => this.#noteVideo(id, videoId),
      onCut: ({ id }) => this.#note(id, { isCut: true }),
      onRefused: ({ id }, { originalResponse }) => {
        // It was given up, or stopped by somebody else: tried again, it begins anew.
        if (originalResponse?.getStatus() === 410) this.#uppy.setFileMeta(id, { key: mintKey() })
        this.#note(id, { problem: whyRefused(originalResponse) })
      },
    })
    this.#uppy.on('restriction-failed', (_file, { message }) => options.onRefused(message))
    this.#uppy.on('upload-progress', (file, { bytesUploaded }) => {
      if (file) this.#notePace(file.id, Number(bytesUploaded))
    })
    this.#uppy.on('upload-success', (file) => file && this.#note(file.id, { isActive: false }))
    this.#uppy.on('upload-error', (file) => file && this.#note(file.id, { isActive: false }))
    this.#uppy.on('state-update', () => this.#show())
    addEventListener('beforeunload', this.#warn)
  }

  /** Opens it with what was kept of before, which goes on. */
  static async open(options: QueueOptions): Promise<UploadQueue> {
    const queue = new UploadQueue(options)
    const isKept = isRemembered(options.id)
    // Before that, what is added would be overwritten by what is restored.
    await whenRestored(queue.#uppy, isKept ? 5_000 : 300)
    queue.#goOn()
    return queue
  }

  add(files: readonly File[], { profile, visibility }: NextWish): void {
    const lost = new Set(this.#ids('lost'))
    this.#uppy.addFiles(
      files.map((file) => ({
        name: file.name,
        type: file.type,
        data: file,
        meta: { title: titleOf(file.name), visibility, profile: profile ?? '', key: mintKey() },
      })),
    )
    const found = this.#ids('paused').filter((id) => lost.has(id))
    for (const id of found) this.resume(id)
  }

  /** Begins all that wait and have a title. */
  start(): void {
    const titled = uploadsStore.read().filter(({ title }) => title.trim() !== '')
    for (const { id, phase } of titled) if (phase === 'waiting') this.#run(id)
  }

  setTitle(id: string, title: string): void {
    this.#uppy.setFileMeta(id, { title })
  }

  /** Tells the server a title that was changed after it was told. */
  keepTitle(id: string): void {
    const { videoId, title = '', toldTitle } = this.#uppy.getFile(id)?.meta ?? {}
    if (!videoId || title.trim() === '' || title === toldTitle) return
    this.#uppy.setFileMeta(id, { toldTitle: title } satisfies Notes)
    void this.#options.rename(videoId, title.trim())
  }

  pause(id: string): void {
    if (this.#of(id).isActive && !this.#uppy.getFile(id)?.isPaused) this.#uppy.pauseResume(id)
  }

  /** Goes on with one that is paused, or failed. */
  resume(id: string): void {
    if (!this.#of(id).isActive) this.#run(id)
    else if (this.#uppy.getFile(id)?.isPaused) this.#uppy.pauseResume(id)
  }

  /** Takes one away; what has arrived of it is thrown away by the server. */
  remove(id: string): void {
    const file = this.#uppy.getFile(id)
    if (!file) return
    const url = file.tus?.uploadUrl
    if (url && !this.#of(id).isActive && !file.progress.uploadComplete) void stopOnServer(url)
    this.#uppy.removeFile(id)
    this.#known.delete(id)
  }

  close(): void {
    this.#isClosed = true
    removeEventListener('beforeunload', this.#warn)
    // What is kept stays as it was under way: it goes on when somebody opens it again. Uppy itself is
    // not destroyed, as that would end the uploads on the server.
    const memory = this.#uppy.getPlugin('GoldenRetriever')
    if (memory) this.#uppy.removePlugin(memory)
    const active = this.#uppy.getFiles().filter(({ id }) => this.#of(id).isActive)
    uploadsStore.write([])
    // Also before the server's first answer: it would be begun for whoever is logged in by then.
    for (const { id, isPaused } of active) if (!isPaused) this.#uppy.pauseResume(id)
  }

  #goOn(): void {
    this.#uppy.setState({ currentUploads: {}, recoveredState: null })
    for (const { id, progress, isPaused, isGhost } of this.#uppy.getFiles()) {
      const isBegun = progress.uploadStarted && !progress.uploadComplete
      if (isBegun && !isPaused && !isGhost) this.#run(id)
      this.keepTitle(id)
    }
    this.#isRestored = true
    this.#show()
  }

  #run(id: string): void {
    const { title, toldTitle = title } = this.#uppy.getFile(id)?.meta ?? {}
    if (toldTitle !== undefined) this.#uppy.setFileMeta(id, { toldTitle } satisfies Notes)
    this.#note(id, { isActive: true, isCut: false, problem: null })
    // How it went is told by events.
    this.#uppy.retryUpload(id).catch(() => this.#note(id, { isActive: false }))
  }

  #noteVideo(id: string, videoId: string): void {
    const { meta } = this.#uppy.getFile(id) ?? {}
    if (!meta || meta.videoId === videoId) return
    this.#uppy.setFileMeta(id, { videoId } satisfies Notes)
    this.keepTitle(id)
  }

  #notePace(id: string, bytes: number): void {
    const known = this.#of(id)
    this.#note(id, { isCut: false, pace: keepPace(known.pace, Date.now(), bytes) })
  }

  #note(id: string, changes: Partial<Known>): void {
    Object.assign(this.#of(id), changes)
    this.#show()
  }

  #of(id: string): Known {
    const fresh: Known = { isActive: false, isCut: false, pace: null, problem: null }
    const known = this.#known.get(id) ?? fresh
    this.#known.set(id, known)
    return known
  }

  #ids(phase: string): string[] {
    return this.#read()
      .filter((upload) => upload.phase === phase)
      .map(({ id }) => id)
  }

  #read() {
    return this.#uppy.getFiles().map((file) => {
      const { pace, ...sending } = this.#of(file.id)
      return toUpload(file, { ...sending, bytesPerSecond: pace?.bytesPerSecond ?? null })
    })
  }

  /** Once for all that changes together. */
  #show(): void {
    if (this.#isAsked || this.#isClosed) return
    this.#isAsked = true
    queueMicrotask(() => {
      this.#isAsked = false
      // Of what was kept nothing is forgotten before it is there.
      if (this.#isClosed || !this.#isRestored) return
      const uploads = this.#read()
      uploadsStore.write(uploads)
      const isOpen = uploads.some(({ phase }) => phase !== 'done')
      if (isOpen) remember(this.#options.id)
      else forget(this.#options.id)
    })
  }

  /** Asks before the page is left, where the browser keeps no copy to go on with. */
  readonly #warn = (event: Event): void => {
    if (isLeftWithLoss(uploadsStore.read())) event.preventDefault()
  }
}

/** Also where a page came without TLS, which has no `crypto.randomUUID`. */
function mintKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
}
