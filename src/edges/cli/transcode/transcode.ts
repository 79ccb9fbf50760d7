import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { readConfig } from '#config/config.ts'
import { readEnvironment } from '#config/environment.ts'
import { createLogger } from '#config/log.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { startServer } from '../../../server.ts'
import { waitForEndSignal } from '../end-signal.ts'
import { removeAbandoned } from './remove-abandoned.ts'
import { openWorkshop } from './workshop.ts'

export interface TranscodeRequest {
  readonly file: string
  readonly outputDir: string
  /** A name, or a path to a file that holds a profile. */
  readonly profile: string
  readonly runners: string
  readonly overwrite: boolean
  readonly json: boolean
}

/**
 * A whole server for one video: its own database, runner and folder, all below one folder beside the
 * result, and gone at the end, whichever end it is. So this is the path that every video takes.
 *
 * @throws ReelmillError with the video's own error when it fails.
 */
export async function transcode(request: TranscodeRequest): Promise<void> {
  const stopping = new AbortController()
  void waitForEndSignal().then((signal) =>
    stopping.abort(new ReelmillError('cancelled', `Stopped by ${signal}.`)),
  )
  const workshop = await openWorkshop(request.outputDir, request.overwrite)
  await removeAbandoned(dirname(request.outputDir), createLogger({ logLevel: 'warn' }))
  try {
    await workshop.deliver(await makeVideo(request, workshop.dataDir, stopping.signal))
  } finally {
    await workshop.remove()
  }
  await report(request)
}

/** Makes the video and returns the folder of its output. */
async function makeVideo(
  request: TranscodeRequest,
  dataDir: string,
  signal: AbortSignal,
): Promise<string> {
  const config = readConfig(
    { LOG_LEVEL: 'warn', ...readEnvironment(), RUNNERS: request.runners },
    { host: '127.0.0.1', port: 0, grpcPort: 0, dataDir, databaseUrl: null, storage: 'fs' },
  )
  const server = await startServer(config, { log: createLogger(config), durable: false })
  try {
    signal.throwIfAborted()
    // What it needs has been read by now, while the database came up.
    const { orderVideo } = await import('./order-video.ts')
    return await orderVideo(server, request, signal)
  } finally {
    await server.close()
  }
}

async function report({ outputDir, json }: TranscodeRequest): Promise<void> {
  const text = await readFile(`${outputDir}/video.json`, 'utf8')
  if (json) process.stdout.write(text)
  else console.log(`Done: ${outputDir}/master.m3u8 (HLS), ${outputDir}/manifest.mpd (DASH)`)
}
