import type { VideoView } from '#videos/video-view.ts'

/**
 * What a watch page is told. Whoever has the address of a video may watch it without a key, so this
 * holds nothing but what a spectator needs: no metadata, no source, no cost.
 */
export interface PageView {
  readonly name: string
  readonly state: VideoView['state']
  readonly progress: number
  readonly playable: boolean
  /** A sentence for people, of a video that failed. */
  readonly failure: string | null
  /** Renditions of which something can be played: the page loads again when there are more. */
  readonly ready: { readonly video: number; readonly audio: number }
}

/** The video as a spectator sees it. */
export function toPageView(video: VideoView): PageView {
  const { name, state, progress, playable, error, renditions } = video
  const count = (kind: 'video' | 'audio'): number =>
    renditions.filter((each) => each.kind === kind && each.bandwidth !== null).length
  return {
    name,
    state,
    progress,
    playable,
    failure: error?.message ?? null,
    ready: { video: count('video'), audio: count('audio') },
  }
}
