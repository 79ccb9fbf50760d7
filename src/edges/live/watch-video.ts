import type { FastifyRequest } from 'fastify'
import { toErrorRecord } from '#errors/reelmill-error.ts'
import type { Parts } from '#flow/parts.ts'
import { eventPageSize, listEvents, type VideoEvent } from '#videos/events.ts'
import { getVideo } from '#videos/get.ts'
import { mediaOriginsOf } from '#videos/media-address.ts'
import type { VideoView } from '#videos/video-view.ts'
import { coalesce } from './coalesce.ts'
import type { EventStream } from './event-stream.ts'
import { keepAdmitted } from './keep-admitted.ts'

/** At most two snapshots a second, however fast segments come in. */
const pauseMs = 500

export interface Watching {
  readonly videoId: string
  /** What a client sees of the video; null when it may not see it, or not any more. */
  readonly show: (video: VideoView) => object | null
  /** Looks anew who the client is; fails where it is nobody any more (keep-admitted.ts). */
  readonly admit: () => Promise<void>
  /** What is told of the events themselves, from the one after `Last-Event-ID`. */
  readonly tell: (event: VideoEvent, video: VideoView) => object
}

/**
 * Sends what happens to a video for as long as the client stays: `change` for every event
 * ({type, at, …}), `video` whenever what is shown of it has changed, and `deleted` at its end, which
 * is also when the client may not see it any more.
 */
export function watchVideo(
  parts: Parts,
  request: FastifyRequest,
  stream: EventStream,
  watching: Watching,
): void {
  const tick = createTick(parts, stream, watching, lastEventId(request))
  const flush = coalesce(async () => {
    try {
      await tick()
    } catch (error) {
      // The client connects again by itself and goes on where it was.
      request.log.warn({ err: error, videoId: watching.videoId }, 'live events broke off')
      stream.send({ event: 'problem', data: toErrorRecord(error) })
      stream.end()
    }
  }, pauseMs)
  const forget = parts.notifications.on('video', ({ videoId }) => {
    // Without an id it says that some may have been missed.
    if (videoId === null || videoId === watching.videoId) flush.ask()
  })
  const stopLooking = keepAdmitted(watching.admit, () => stream.end())
  stream.closed.addEventListener('abort', () => {
    forget()
    stopLooking()
    flush.stop()
  })
  stream.welcome()
  flush.ask()
}

function createTick(
  parts: Parts,
  stream: EventStream,
  { videoId, show, tell }: Watching,
  seen: number,
): () => Promise<void> {
  let lastId = seen
  let lastShown = ''
  let known: VideoView | null = null

  async function sendHistory(video: VideoView, tellOf: Watching['tell']): Promise<void> {
    for (let read = eventPageSize; read === eventPageSize && !stream.closed.aborted; ) {
      const page = await listEvents(parts.database, videoId, lastId)
      for (const event of page) {
        stream.send({ id: event.id, event: 'change', data: tellOf(event, video) })
        lastId = event.id
      }
      read = page.length
    }
  }
  return async () => {
    const video = await getVideo(parts.database, videoId, mediaOriginsOf(parts))
    const shown = video && show(video)
    const isHidden = video !== null && shown === null
    // Of one that is gone its last events are told as it was.
    known = video ?? known
    if (known && !isHidden) await sendHistory(known, tell)
    if (shown === null) {
      stream.send({ event: 'deleted', data: { id: videoId } })
      return stream.end()
    }
    const text = JSON.stringify(shown)
    if (text !== lastShown) stream.send({ event: 'video', data: shown })
    lastShown = text
  }
}

function lastEventId({ headers }: FastifyRequest): number {
  const id = Number(headers['last-event-id'])
  return Number.isSafeInteger(id) && id > 0 ? id : 0
}
