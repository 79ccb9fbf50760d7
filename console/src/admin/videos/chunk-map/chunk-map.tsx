import { useMemo } from 'react'
import { classNames } from '../../../ui/class-names.ts'
import { ChunkDetails } from './chunk-details.tsx'
import styles from './chunk-map.module.css'
import type { ChunkMap } from './chunk-map-query.ts'
import { ChunkTile } from './chunk-tile.tsx'
import { Legend } from './legend.tsx'
import { useChunkChoice } from './use-chunk-choice.ts'

/** So many chunks have room beside each other; more stand in lines. */
const mostScaled = 60

/**
 * Every chunk with every rendition, coloured by its state: a list to go through by arrows, of which
 * the chosen one, or the one that is pointed at, is described below.
 */
export function ChunkMapView({ map }: { readonly map: ChunkMap }) {
  const { chunks, renditions, sound } = map
  const { list, chosen, shown, handlers } = useChunkChoice(chunks.length)
  const isScaled = chunks.length <= mostScaled
  const names = useNames(renditions)
  return (
    <>
      <div className={styles['map']}>
        {isScaled ? <RowNames names={names} /> : null}
        {/* Its options have the focus, one at a time. */}
        {/* oxlint-disable-next-line jsx-a11y/interactive-supports-focus, jsx-a11y/mouse-events-have-key-events */}
        <div
          ref={list}
          role="listbox"
          aria-label={`Chunks, each with ${names.join(', ')}`}
          aria-orientation="horizontal"
          className={classNames(styles['tiles'], isScaled && styles['line'])}
          {...handlers}
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
      <ChunkDetails chunk={chunks[shown ?? -1] ?? null} />
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
