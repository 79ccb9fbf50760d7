import type { Video } from 'reelmill/client'

/** What this application knows of a film. A real one has a database. */
export interface Film {
  readonly id: string
  readonly title: string
  readonly state: 'uploading' | 'encoding' | 'ready' | 'failed'
  /** What a player plays, from when there is something to play. */
  readonly hls: string | null
  readonly failure: string | null
}

/** The films, in the order in which they came. */
export class Films {
  readonly #films = new Map<string, Film>()

  add(id: string, title: string): void {
    this.#films.set(id, { id, title, state: 'uploading', hls: null, failure: null })
  }

  /** Takes over how the film's video is now; telling the same twice changes nothing. */
  update(id: string, video: Video): void {
    const film = this.#films.get(id)
    if (!film) return
    this.#films.set(id, {
      ...film,
      state: stateOf(video),
      hls: video.urls.hls,
      failure: video.error?.message ?? null,
    })
  }

  list(): Film[] {
    return [...this.#films.values()]
  }
}

function stateOf({ state }: Video): Film['state'] {
  if (state === 'published') return 'ready'
  if (state === 'failed' || state === 'cancelled') return 'failed'
  return state === 'uploading' ? 'uploading' : 'encoding'
}
