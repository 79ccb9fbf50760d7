import { type KeyboardEvent, type MouseEvent, useRef, useState } from 'react'

/**
 * Which of the chunks is described: the one that is pointed at, else the one that was chosen by a
 * press or by keys. Tiles say which they are by `data-chunk`.
 */
export function useChunkChoice(count: number) {
  const list = useRef<HTMLDivElement>(null)
  const [chosen, setChosen] = useState<number | null>(null)
  const [pointed, setPointed] = useState<number | null>(null)
  const choose = (index: number) => {
    setChosen(index)
    list.current?.querySelector<HTMLElement>(`[data-chunk="${index}"]`)?.focus()
  }
  const handlers = {
    onKeyDown: (event: KeyboardEvent) => {
      const next = nextChunk(event.key, chosen ?? 0, count, lineLength(list.current))
      if (next === null) return
      event.preventDefault()
      setPointed(null)
      choose(next)
    },
    onClick: (event: MouseEvent) => {
      const at = chunkAt(event.target)
      if (at !== null) choose(at)
    },
    onFocus: (event: { readonly target: EventTarget | null }) => setChosen(chunkAt(event.target)),
    onMouseOver: (event: MouseEvent) => setPointed(chunkAt(event.target)),
    onMouseLeave: () => setPointed(null),
  }
  return { list, chosen, shown: pointed ?? chosen, handlers }
}

function chunkAt(target: EventTarget | null): number | null {
  const tile = target instanceof Element ? target.closest('[data-chunk]') : null
  const index = tile?.getAttribute('data-chunk')
  return index === null || index === undefined ? null : Number(index)
}

/** Tiles beside each other in the first line. */
function lineLength(list: HTMLElement | null): number {
  const tiles = [...(list?.children ?? [])] as HTMLElement[]
  const end = tiles.findIndex((tile) => tile.offsetTop > (tiles[0]?.offsetTop ?? 0))
  return end < 0 ? tiles.length : end
}

function nextChunk(key: string, at: number, count: number, line: number): number | null {
  const steps: Readonly<Record<string, number>> = {
    ...{ ArrowRight: at + 1, ArrowLeft: at - 1, ArrowDown: at + line, ArrowUp: at - line },
    ...{ Home: 0, End: count - 1, Enter: at, ' ': at },
  }
  const next = steps[key]
  return next === undefined ? null : next < 0 || next >= count ? at : next
}
