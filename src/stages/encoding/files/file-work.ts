import type { FileJobType, FilePayloads } from '#jobs/file-payload.ts'
import type { Programs } from '#media/ffmpeg/programs.ts'

/** A file of a job's result. */
export interface ResultFile {
  readonly path: string
  /** As the server is told it; playlists name their media file by it (runner protocol 2.2). */
  readonly filename: string
  /** Media type: "video/mp4". */
  readonly type: string
}

/** What a job made, under the names that it has in `payload[…]` (runner protocol 2.9). */
export interface FileResult {
  readonly files: Readonly<Record<string, ResultFile>>
  readonly fields: Readonly<Record<string, string>>
  readonly cpuSeconds: number
  readonly wallSeconds: number
  readonly peakMemoryBytes: number
}

/** The program that writes down what is said, where the operator has one (runner protocol 5.10). */
export interface TranscriptionEngine {
  readonly kind: 'whisper-ctranslate2' | 'openai-whisper' | 'whisper.cpp'
  readonly path: string
  /** The model's name, or the path of its file or folder. */
  readonly model: string
}

/** What a whole-file job is given by the runner that took it. */
export interface FileWorkContext<Payload> {
  readonly payload: Payload
  /**
   * Brings an input of the payload, given by its address in it, into the scratch folder, proven to
   * be whole; returns the path. The name says nothing about what is in it.
   */
  readonly download: (url: string) => Promise<string>
  /** An empty folder of the job's own; the runner removes it afterwards, whatever happens. */
  readonly scratch: string
  /** Fires when the job is no longer ours, or the runner stops: everything must end at once. */
  readonly signal: AbortSignal
  /** Threads that the encoder may use; 0: as many as it likes. */
  readonly threads: number
  /** How much the encoder gives way to other programs, 0 to 19. */
  readonly niceness: number
  readonly programs: Programs
  readonly transcription: TranscriptionEngine | null
  /** 0 to 1; cheap to call often. */
  readonly report: (progress: number) => void
}

/** One kind of whole-file work. Fails with a ReelmillError; `retryable` and `blame` say what follows. */
export type FileWork<Payload> = (context: FileWorkContext<Payload>) => Promise<FileResult>

/** Every kind of whole-file work, by the type of job. */
export type FileWorks = { readonly [Type in FileJobType]: FileWork<FilePayloads[Type]> }
