import type { Page } from 'playwright-core'
import { waitFor } from '../support/wait-for.ts'

/** What a page's video is and does. */
export interface Playing {
  readonly currentTime: number
  readonly duration: number
  readonly paused: boolean
  readonly muted: boolean
  readonly playbackRate: number
  readonly videoHeight: number
}

/** The page's own program: it is not type-checked here, where there is no document. */
const read = `(() => {
  const { currentTime, duration, paused, muted, playbackRate, videoHeight } =
    document.querySelector('video')
  return { currentTime, duration, paused, muted, playbackRate, videoHeight }
})()`

/** The video of a page as it is at this moment. */
export function readVideo(page: Pick<Page, 'evaluate'>): Promise<Playing> {
  return page.evaluate<Playing>(read)
}

/** Waits until the video shows moving pictures beyond a time, in seconds. */
export async function waitUntilPlayed(
  page: Pick<Page, 'evaluate'>,
  seconds: number,
): Promise<Playing> {
  return waitFor(`pictures beyond ${seconds} s`, async () => {
    const playing = await readVideo(page)
    return playing.currentTime > seconds && playing.videoHeight > 0 ? playing : null
  })
}
