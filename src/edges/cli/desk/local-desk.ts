import type { Logger } from 'pino'
import { type Config, readConfig } from '#config/config.ts'
import { readEnvironment } from '#config/environment.ts'
import { createLogger } from '#config/log.ts'
import { type OpenDatabase, openDatabase } from '#database/connect.ts'
import { migrate } from '#database/migrate.ts'
import { listen } from '#database/notifications.ts'
import { openStepQueue } from '#database/step-queue.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { cancelVideo } from '#flow/cancel-video.ts'
import { deleteVideo } from '#flow/delete-video.ts'
import type { Parts } from '#flow/parts.ts'
import { retryVideo } from '#flow/retry-video.ts'
import { openStorage } from '#storage/open.ts'
import { baseUrlOf } from '#videos/base-url.ts'
import { checkVideoId } from '#videos/check-id.ts'
import { getVideo } from '#videos/get.ts'
import { listVideos } from '#videos/list.ts'
import type { VideoView } from '#videos/video-view.ts'
import type { VideoDesk } from './desk.ts'

interface Place {
  readonly config: Config
  readonly log: Logger
  readonly opened: OpenDatabase
}

type Change = (parts: Parts, id: string) => Promise<void>

/**
 * The videos of this machine's own data, whether or not a server is running. What a change sets off
 * (files to remove, steps to repeat) is done by the server, now or when it starts.
 */
export async function openLocalDesk(): Promise<VideoDesk> {
  const config = readConfig(readEnvironment())
  const log = createLogger(config)
  const opened = await openDatabase(config, log)
  const { database } = opened
  const baseUrl = baseUrlOf(config)

  async function get(id: string): Promise<VideoView> {
    const video = await getVideo(database, checkVideoId(id), baseUrl)
    if (!video) throw new ReelmillError('video_not_found')
    return video
  }
  const change = (id: string, move: Change): Promise<void> =>
    withParts({ config, log, opened }, (parts) => move(parts, checkVideoId(id)))

  await migrate(database, log)
  return {
    list: async (request) => (await listVideos(database, { ...request, baseUrl })).videos,
    get,
    delete: (id) => change(id, deleteVideo),
    cancel: async (id) => {
      await change(id, cancelVideo)
      return get(id)
    },
    retry: async (id) => {
      await change(id, retryVideo)
      return get(id)
    },
    close: opened.close,
  }
}

/** The parts of a server that does no work of its own. */
async function withParts(
  { config, log, opened: { database, connection } }: Place,
  run: (parts: Parts) => Promise<void>,
): Promise<void> {
  const storage = openStorage(config)
  const queue = await openStepQueue(connection, log)
  const notifications = await listen(connection, log)
  try {
    await run({ config, log, database, storage, queue, notifications })
  } finally {
    await notifications.close()
    await queue.stop()
  }
}
