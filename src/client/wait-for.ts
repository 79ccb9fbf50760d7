import type { Video } from './client.ts'
import { ReelmillProblem, readProblem } from './problem.ts'
import { readEvents } from './read-events.ts'

/** How far a video is to come. */
export type Milestone = 'playable' | 'published'

/** A video that will not come so far. */
export class VideoEnded extends Error {
  override readonly name = 'VideoEnded'
  readonly video: Video

  constructor(video: Video) {
    super(video.error?.message ?? `The video is ${video.state}.`)
    this.video = video
  }
}

/** The two ways to learn how a video is. */
export interface Watch {
  /** Fails with a problem of 404 when there is none. */
  readonly get: () => Promise<Video>
  /** Live events, open for as long as the video changes. */
  readonly events: (signal: AbortSignal) => Promise<Response>
}

const pollEveryMs = 2_000

/**
 * Waits by live events; where they break off or do not come through, as with some proxies, by asking
 * every two seconds. A server that restarts meanwhile, or has no database for a while, is waited for
 * as well: only one that never answered is given up.
 *
 * @throws VideoEnded when it failed or was cancelled before; ReelmillProblem when it is not there;
 * the signal's reason.
 */
export async function waitFor(
  watch: Watch,
  milestone: Milestone,
  signal: AbortSignal,
): Promise<Video> {
  let hasAnswered = false
  for (;;) {
    signal.throwIfAborted()
    const now = await watch.get().catch((error: unknown) => {
      if (!isPassing(error, hasAnswered)) throw error
    })
    hasAnswered = true
    const video = now && (judge(now, milestone) ?? (await follow(watch, milestone, signal)))
    if (video) return video
    await pause(pollEveryMs, signal)
  }
}

/** fetch fails with a TypeError when there is no connection. */
function isPassing(error: unknown, hasAnswered: boolean): boolean {
  return error instanceof ReelmillProblem
    ? error.status === 503
    : hasAnswered && error instanceof TypeError
}

/** null when the events ended before the video was so far. */
async function follow(
  watch: Watch,
  milestone: Milestone,
  signal: AbortSignal,
): Promise<Video | null> {
  try {
    const response = await watch.events(signal)
    if (!response.ok) throw await readProblem(response)
    if (!response.body) return null
    for await (const { event, data } of readEvents(response.body)) {
      if (event === 'deleted') return null
      const video = event === 'video' ? judge(JSON.parse(data) as Video, milestone) : null
      if (video) return video
    }
    return null
  } catch (error) {
    const isFinal = error instanceof VideoEnded || error instanceof ReelmillProblem
    if (isFinal && !isPassing(error, true)) throw error
    // The connection broke: it is asked again.
    return null
  }
}

function judge(video: Video, milestone: Milestone): Video | null {
  if (milestone === 'playable' ? video.playable : video.state === 'published') return video
  if (video.state === 'failed' || video.state === 'cancelled') throw new VideoEnded(video)
  return null
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(end, ms)
    signal.addEventListener('abort', end)
    function end() {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
  })
}
