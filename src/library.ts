import type { Logger } from 'pino'
import type { Config } from '#config/config.ts'
import { createLogger } from '#config/log.ts'
import { type ApplicationHooks, type HookName, nameHooks } from '#edges/hooks/application-hooks.ts'
import { configOf, type ReelmillOptions, storageOf } from '#edges/library/options.ts'
import { type TranscodeOptions, transcode } from '#edges/library/transcode.ts'
import { type TranscriptOptions, transcript } from '#edges/library/transcript.ts'
import {
  findRecord,
  listPage,
  type Milestone,
  moveVideo,
  type PageOptions,
  removeVideo,
  type UploadOptions,
  type UploadSource,
  uploadVideo,
  waitForMilestone,
} from '#edges/library/videos.ts'
import { mountInFastify } from '#edges/mount/mount-in-fastify.ts'
import { mountOnServer } from '#edges/mount/mount-on-server.ts'
import { knowTarget, type MountTarget, onceListening, readAddress } from '#edges/mount/target.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { deleteSource } from '#flow/delete-source.ts'
import type { Parts } from '#flow/parts.ts'
import type { HookCallView } from '#hooks/hook-call.ts'
import { type HookCallQuery, listHookCalls, retryHookCall } from '#hooks/list-calls.ts'
import type { VideoPage } from '#videos/list.ts'
import type { VideoRecord } from '#videos/video-record.ts'
import { type Server, type ServerOptions, startServer } from './server.ts'

type HookOf<Name extends HookName> = Required<ApplicationHooks>[Name]

/** Where in a host's server the addresses of Reelmill are. */
export interface MountOptions {
  /** Before all of them, as "/video"; none when left out. */
  readonly prefix?: string
}

/**
 * Reelmill in the program of an application. Several can live in one process; nothing is global. What
 * it does begins with `start` or `mount`.
 */
export class Reelmill {
  readonly #options: ReelmillOptions
  readonly #config: Config
  readonly #log: Logger
  readonly #hooks: (readonly [HookName, HookOf<HookName>])[] = []
  readonly #unmounts: (() => void)[] = []
  #starting: Promise<Server> | null = null
  #server: Server | null = null
  #closing: Promise<void> | null = null

  /** See createReelmill. */
  constructor(options: ReelmillOptions) {
    this.#options = options
    this.#config = configOf(options)
    // Sound: only what ApplicationLog has is used of it.
    this.#log = (options.log as Logger | undefined) ?? createLogger(this.#config)
    for (const [name, hook] of Object.entries(options.hooks ?? {})) {
      if (hook) this.#hooks.push([name as HookName, hook])
    }
  }

  /**
   * Starts everything in this process: the database where it is the embedded one, the steps of
   * videos, the local runners, and a server of its own on `host` and `port` (any free port of this
   * machine when left out). Calling it again is fine.
   */
  async start(): Promise<void> {
    await this.#begin({ config: this.#config, listens: true })
  }

  /**
   * Starts everything but a server of its own, and answers in the host's: a Node server, or a Fastify
   * before it is ready. Only Reelmill's addresses are answered (`/api/v1/videos`, `/media`, `/watch`,
   * `/socket.io` and others: never `/`); the host's routes, handlers and listeners stay as they are.
   *
   * @throws ReelmillError `invalid_setting` where it cannot be known at which address people reach
   * the host: say `publicUrl` or `port`, or let it listen before.
   */
  async mount(target: MountTarget, { prefix = '' }: MountOptions = {}): Promise<void> {
    if (!/^(\/[\w.~-]+)*$/.test(prefix)) {
      throw new ReelmillError(
        'invalid_request',
        'A prefix looks like "/video", without "/" at its end.',
      )
    }
    const known = knowTarget(target)
    const port = this.#config.port || (readAddress(known.server)?.port ?? 0)
    const publicUrl = this.#config.publicUrl ?? (port ? `http://localhost:${port}${prefix}` : null)
    if (publicUrl === null) {
      throw new ReelmillError('invalid_setting', 'Say publicUrl, or let the server listen before.')
    }
    const config = { ...this.#config, port, publicUrl }
    const server = await this.#begin({ config, listens: false })
    const { http, ownPaths } = server
    const mounted = { server: http.server, ownPaths, prefix }
    this.#unmounts.push(
      known.kind === 'server'
        ? mountOnServer(known.server, mounted, { requests: true })
        : await mountInFastify(known.app, mounted, () => this.close()),
    )
    if (prefix === '') onceListening(known.server, (url) => server.startRunners(url))
    else await startRunnersApart(server, prefix)
  }

  /** Ends everything that was started here, and waits for what is under way. */
  close(): Promise<void> {
    return (this.#closing ??= this.#end())
  }

  /** Where people and programs reach it, without a "/" at the end. */
  get url(): string {
    return this.#running().url
  }

  readonly onPublished = (hook: HookOf<'onPublished'>) => this.#add('onPublished', hook)
  readonly onFailed = (hook: HookOf<'onFailed'>) => this.#add('onFailed', hook)
  readonly onPlayable = (hook: HookOf<'onPlayable'>) => this.#add('onPlayable', hook)
  readonly onCancelled = (hook: HookOf<'onCancelled'>) => this.#add('onCancelled', hook)
  readonly onTranscribed = (hook: HookOf<'onTranscribed'>) => this.#add('onTranscribed', hook)
  readonly onTranscriptionFailed = (hook: HookOf<'onTranscriptionFailed'>) =>
    this.#add('onTranscriptionFailed', hook)
  readonly onStoryboard = (hook: HookOf<'onStoryboard'>) => this.#add('onStoryboard', hook)
  readonly onEdited = (hook: HookOf<'onEdited'>) => this.#add('onEdited', hook)
  readonly onDeleted = (hook: HookOf<'onDeleted'>) => this.#add('onDeleted', hook)

  /** Takes a video in, and returns when its bytes are safe and its journey has begun. */
  upload(source: UploadSource, options: UploadOptions = {}): Promise<VideoRecord> {
    return uploadVideo(this.#parts, source, options)
  }

  /** Orders renditions of an object that is in the storage: see TranscodeOptions (D-03). */
  transcode(options: TranscodeOptions): Promise<VideoRecord> {
    return transcode(this.#parts, options)
  }

  /**
   * Removes the source of a video once nothing needs it (D-10): `in_use` while something does.
   */
  deleteTempFile(videoId: string): Promise<'removed' | 'in_use' | 'absent'> {
    return deleteSource(this.#parts, videoId)
  }

  /** Orders a transcript of what is published of a video (D-09); hooks tell how it ended. */
  transcript(options: TranscriptOptions): Promise<VideoRecord> {
    return transcript(this.#parts, options)
  }

  /** null when there is no such video. */
  get(id: string): Promise<VideoRecord | null> {
    return findRecord(this.#parts, id)
  }

  /** A page of videos, the newest first. */
  list(options: PageOptions = {}): Promise<VideoPage> {
    return listPage(this.#parts, options)
  }

  /** Removes a video with all its files, but not a source of the application's. */
  delete(id: string): Promise<void> {
    return removeVideo(this.#parts, id)
  }

  /** Stops the work on a video. Fails with `video_state_conflict` when there is none. */
  cancel(id: string): Promise<VideoRecord> {
    return moveVideo(this.#parts, 'cancel', id)
  }

  /** Takes up a failed or cancelled video again. */
  retry(id: string): Promise<VideoRecord> {
    return moveVideo(this.#parts, 'retry', id)
  }

  /** Waits until a video has come so far; fails with its own error when it does not. */
  waitFor(id: string, milestone: Milestone, signal?: AbortSignal): Promise<VideoRecord> {
    return waitForMilestone(this.#parts, id, { milestone, ...(signal ? { signal } : {}) })
  }

  /** Calls of hooks, the newest first. */
  hookCalls(query: HookCallQuery = {}): Promise<HookCallView[]> {
    return listHookCalls(this.#parts.database, query)
  }

  /** Makes a call that was given up once more; false when there is no such one. */
  retryHookCall(id: number): Promise<boolean> {
    return retryHookCall(this.#parts.database, id)
  }

  #add<Name extends HookName>(name: Name, hook: HookOf<Name>): this {
    if (this.#starting) {
      throw new ReelmillError('invalid_request', 'Hooks must be given before start or mount.')
    }
    this.#hooks.push([name, hook])
    return this
  }

  get #parts(): Parts {
    return this.#running().parts
  }

  #running(): Server {
    if (this.#server) return this.#server
    throw new ReelmillError('invalid_request', 'Reelmill was not started: call start() or mount().')
  }

  async #begin({ config, listens }: Pick<ServerOptions, 'listens'> & { config: Config }) {
    if (this.#closing) throw new ReelmillError('invalid_request', 'This Reelmill was closed.')
    this.#starting ??= startServer(config, {
      log: this.#log,
      storage: storageOf(this.#options),
      hooks: (parts) => nameHooks(parts, this.#options.name ?? 'application', this.#hooks),
      listens: listens ?? true,
      gathersLogs: true,
    })
    try {
      this.#server = await this.#starting
      return this.#server
    } catch (error) {
      // It can be tried again, as when the database was away.
      this.#starting = null
      throw error
    }
  }

  async #end(): Promise<void> {
    for (const unmount of this.#unmounts) unmount()
    // One that failed to start has closed what it had.
    const server = await this.#starting?.catch(() => null)
    await server?.close()
  }
}

/** Runners know no prefix: they are given an address of this machine that has none. */
async function startRunnersApart({ http, parts, startRunners }: Server, prefix: string) {
  if (parts.config.runners === 0 || http.server.listening) return
  // Addresses in the answers begin with it all the same.
  http.server.prependListener('request', (request) => {
    if (request.url?.startsWith(`${prefix}/`)) request.url = request.url.slice(prefix.length)
  })
  startRunners(await http.listen({ host: '127.0.0.1', port: 0 }))
}

/**
 * Makes a Reelmill for an application. Nothing happens before `start` or `mount`.
 *
 * @throws ReelmillError `invalid_setting`.
 */
export function createReelmill(options: ReelmillOptions = {}): Reelmill {
  return new Reelmill(options)
}
