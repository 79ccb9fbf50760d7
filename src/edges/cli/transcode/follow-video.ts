import { dirname } from 'node:path'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { getVideo } from '#videos/get.ts'
import type { VideoView } from '#videos/video-view.ts'
import type { Server } from '../../../server.ts'
import { openProgressDisplay } from './progress-display.ts'

/**
 * Shows the progress of a video until it is published.
 *
 * @returns the folder of its finished files.
 * @throws ReelmillError the video's own when it fails, `cancelled` when the signal says so.
 */
export async function followVideo(
  { parts, url }: Server,
  videoId: string,
  signal: AbortSignal,
): Promise<string> {
  const display = openProgressDisplay(process.stderr)
  try {
    for (;;) {
      signal.throwIfAborted()
      const video = await getVideo(parts.database, videoId, url)
      if (!video) throw new ReelmillError('video_not_found')
      display.show(video)
      if (video.state === 'published') return await findOutput(parts, videoId)
      refuseFailed(video)
      await waitForNews(parts, video, { signal, atMostMs: display.refreshMs })
    }
  } finally {
    display.close()
  }
}

function refuseFailed({ state, error }: VideoView): void {
  if (state === 'cancelled') throw new ReelmillError('cancelled')
  if (state !== 'failed') return
  throw new ReelmillError(error?.code ?? 'internal', error?.message, {
    details: error?.details ?? {},
  })
}

/**
 * Settles when the video's state is another, when stopped, and after a while in any case. Progress
 * is told often, and the whole view is dear: so news only make us ask for the state.
 */
function waitForNews(
  { database, notifications }: Server['parts'],
  { id, state }: VideoView,
  { signal, atMostMs }: { readonly signal: AbortSignal; readonly atMostMs: number },
): Promise<void> {
  return new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(timer)
      forget()
      signal.removeEventListener('abort', finish)
      resolve()
    }
    const askForState = async (): Promise<void> => {
      const newest = await database
        .selectFrom('versions')
        .select('state')
        .where('video_id', '=', id)
        .executeTakeFirst()
      if (newest?.state !== state) finish()
    }
    const timer = setTimeout(finish, atMostMs)
    // What goes wrong here, goes wrong again and is told when the view is read next.
    const forget = notifications.on('video', () => void askForState().catch(finish))
    signal.addEventListener('abort', finish, { once: true })
  })
}

async function findOutput(
  { database, storage }: Server['parts'],
  videoId: string,
): Promise<string> {
  const { prefix } = await database
    .selectFrom('versions')
    .select('prefix')
    .where('video_id', '=', videoId)
    .where('state', '=', 'published')
    .executeTakeFirstOrThrow()
  const path = storage.localPath(`${prefix}master.m3u8`)
  if (path === null) throw new TypeError('a workshop keeps its files on disk')
  return dirname(path)
}
