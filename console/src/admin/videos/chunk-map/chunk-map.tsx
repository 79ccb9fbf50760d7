import { type KeyboardEvent, type MouseEvent, useMemo, useRef, useState } from 'react'
import { classNames } from '../../../ui/class-names.ts'
import { ChunkDetails } from './chunk-details.tsx'
import styles from './chunk-map.module.css'
import type { ChunkMap } from './chunk-map-query.ts'
import { ChunkTile } from './chunk-tile.tsx'
import { Legend } from './legend.tsx'

/** So many chunks have room beside each other; more stand in lines. */
const mostScaled = 60

/**
 * Every chunk with every rendition, coloured by its state: a list to go through by arrows, of which
 * the chosen one, or the one that is pointed at, is described below.
 */
export function ChunkMapView({ map }: { readonly map: ChunkMap }) {
  const { chunks, renditions, sound } = map
  const list = useRef<HTMLDivElement>(null)
  const [chosen, setChosen] = useState<number | null>(null)
  const [pointed, setPointed] = useState<number | null>(null)
  const isScaled = chunks.length <= mostScaled
  const shown = chunks[pointed ?? chosen ?? -1]
  const names = useNames(renditions)

  const choose = (index: number) => {
    setChosen(index)
    list.current?.querySelector<HTMLElement>(`[data-chunk="${index}"]`)?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const next = nextChunk(event.key, chosen ?? 0, chunks.length, lineLength(list.current))
    if (next === null) return
    event.preventDefault()
    setPointed(null)
    choose(next)
  }
  const point = (event: MouseEvent) => setPointed(chunkAt(event.target))
  return (
    <>
      <div className={styles['map']}>
        {isScaled ? <RowNames names={names} /> : null}
        {/* Its options have the focus, one at a time. */}
        {/* oxlint-disable-next-line jsx-a11y/interactive-supports-focus */}
        <div
          ref={list}
          role="listbox"
          aria-label={`Chunks, each with ${names.join(', ')}`}
          aria-orientation="horizontal"
          className={classNames(styles['tiles'], isScaled && styles['line'])}
          onKeyDown={onKeyDown}
          onClick={(event) => {
            const at = chunkAt(event.target)
            if (at !== null) choose(at)
          }}
          onFocus={(event) => setChosen(chunkAt(event.target))}
          onMouseOver={point}
          onMouseLeave={() => setPointed(null)}
        >
          {chunks.map((chunk) => (
            <ChunkTile
              key={chunk.index}
              chunk={chunk}
              renditions={names}
              sound={sound}
              isSelected={chosen === chunk.index}
              isEntry={(chosen ?? 0) === chunk.index}
              isScaled={isScaled}
            />
          ))}
        </div>
      </div>
      {isScaled ? null : (
        <p className={styles['reading']}>From top to bottom: {names.join(', ')}.</p>
      )}
      <Legend />
      <ChunkDetails chunk={shown ?? null} />
    </>
  )
}

/** The same list for as long as it says the same, so that tiles are not drawn again. */
function useNames(renditions: ChunkMap['renditions']): readonly string[] {
  const text = renditions.map(({ name }) => name).join('\n')
  return useMemo(() => text.split('\n'), [text])
}

function RowNames({ names }: { readonly names: readonly string[] }) {
  return (
    <div className={styles['names']} aria-hidden="true">
      {names.map((name) => (
        <span key={name}>{name}</span>
      ))}
    </div>
  )
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
