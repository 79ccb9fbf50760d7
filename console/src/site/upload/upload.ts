/** A file on its way to the server, as pages show it. */
export interface Upload {
  readonly id: string
  readonly fileName: string
  readonly sizeBytes: number
  /** The name that the video gets. */
  readonly title: string
  /**
   * `waiting`: not begun; `cut`: the network is away, it goes on by itself; `lost`: the file must be
   * picked again, for a browser gives no page a file that it had before; `done`: all has arrived.
   */
  readonly phase: 'waiting' | 'sending' | 'paused' | 'cut' | 'lost' | 'failed' | 'done'
  readonly sentBytes: number
  /** null until it is known. */
  readonly bytesPerSecond: number | null
  /** There as soon as the server has made the video. */
  readonly videoId: string | null
  /** A sentence for people, where it failed. */
  readonly problem: string | null
}

/** What Uppy keeps of a file, as far as it matters here. */
export interface KeptFile {
  readonly id: string
  readonly name?: string | undefined
  readonly size: number | null
  readonly meta: { readonly title?: string | undefined; readonly videoId?: string | undefined }
  readonly progress: {
    readonly bytesUploaded?: number | false | undefined
    readonly uploadComplete?: boolean | undefined
    readonly uploadStarted?: number | null | undefined
  }
  readonly isPaused?: boolean | undefined
  readonly isGhost?: boolean | undefined
  readonly error?: string | null | undefined
}

/** What is known of a file's upload in this page alone. */
export interface Sending {
  /** Whether something works on it. */
  readonly isActive: boolean
  readonly isCut: boolean
  readonly bytesPerSecond: number | null
  readonly problem: string | null
}

/** A kept file as pages show it. */
export function toUpload(file: KeptFile, sending: Sending): Upload {
  const phase = phaseOf(file, sending)
  const sizeBytes = file.size ?? 0
  return {
    id: file.id,
    fileName: file.name ?? '',
    sizeBytes,
    title: file.meta.title ?? '',
    phase,
    sentBytes: phase === 'done' ? sizeBytes : file.progress.bytesUploaded || 0,
    bytesPerSecond: phase === 'sending' ? sending.bytesPerSecond : null,
    videoId: file.meta.videoId ?? null,
    problem: phase === 'failed' ? (sending.problem ?? file.error ?? null) : null,
  }
}

function phaseOf(file: KeptFile, { isActive, isCut }: Sending): Upload['phase'] {
  const { progress, error, isGhost, isPaused } = file
  if (progress.uploadComplete) return 'done'
  if (isGhost) return 'lost'
  if (error) return 'failed'
  if (!progress.uploadStarted && !isActive) return 'waiting'
  if (isPaused || !isActive) return 'paused'
  return isCut ? 'cut' : 'sending'
}

/** Several uploads as one. */
export interface Totals {
  /** 0 to 1, by bytes. */
  readonly share: number
  readonly left: number
  readonly secondsLeft: number | null
}

/** How far all uploads are together that were begun. */
export function addUp(uploads: readonly Upload[]): Totals {
  const begun = uploads.filter(({ phase }) => phase !== 'waiting')
  const sum = (of: (upload: Upload) => number) => begun.reduce((all, each) => all + of(each), 0)
  const size = sum(({ sizeBytes }) => sizeBytes)
  const sent = sum(({ sentBytes }) => sentBytes)
  const pace = sum(({ bytesPerSecond }) => bytesPerSecond ?? 0)
  return {
    share: size === 0 ? 0 : sent / size,
    left: begun.filter(({ phase }) => phase !== 'done').length,
    secondsLeft: pace > 0 ? (size - sent) / pace : null,
  }
}

/** What a video is called before anybody gives it a name: the file's name without its ending. */
export function titleOf(fileName: string): string {
  return fileName.replace(/\.[^.]+$/, '').trim() || fileName
}
