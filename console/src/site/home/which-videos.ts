import type { Video } from '../../api/client.ts'

/** What somebody wants to see in the grid, as it stands in the page's address. */
export interface Wish {
  /** A part of the title; empty: any. */
  readonly q: string
  /** Only what is one's own. */
  readonly mine: boolean
}

/** The wish of an address. */
export function readWish(search: URLSearchParams): Wish {
  return { q: search.get('q')?.trim() ?? '', mine: search.get('mine') !== null }
}

/** The address of a wish: what is usual is left out. */
export function writeWish({ q, mine }: Wish): URLSearchParams {
  return new URLSearchParams({ ...(q === '' ? {} : { q }), ...(mine ? { mine: '' } : {}) })
}

/**
 * Whether a video stands in the grid: what can be watched and what is on its way to that, for
 * everybody; what was begun and came to nothing, for those alone who can do something about it.
 */
export function isForGrid(
  { state, playable, upload }: Pick<Video, 'state' | 'playable' | 'upload'>,
  mayChange: boolean,
): boolean {
  // Begun, and nothing has come: it may have been begun anew, and goes by itself after a day.
  if (state === 'uploading' && !playable && !upload?.receivedBytes) return false
  return playable || mayChange || !['uploading', 'failed', 'cancelled'].includes(state)
}

/**
 * Splits a list whose newest come first: what came after `newest` was shown is held back, so that
 * nothing moves under somebody who reads further down. Without `newest` all is shown.
 */
export function holdBack<Item extends { readonly createdAt: string }>(
  items: readonly Item[],
  newest: string | null,
): { readonly shown: readonly Item[]; readonly held: readonly Item[] } {
  if (newest === null) return { shown: items, held: [] }
  const shown = items.filter(({ createdAt }) => createdAt <= newest)
  return { shown, held: items.filter(({ createdAt }) => createdAt > newest) }
}
