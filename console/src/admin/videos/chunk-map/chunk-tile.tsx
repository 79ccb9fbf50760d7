import { memo } from 'react'
import { classNames } from '../../../ui/class-names.ts'
import { type Cell, cellOf } from './cell-state.ts'
import styles from './chunk-map.module.css'
import type { MappedChunk, MappedJob } from './chunk-map-query.ts'
import { describeChunk } from './chunk-words.ts'

export interface TileProps {
  readonly chunk: MappedChunk
  readonly renditions: readonly string[]
  readonly sound: readonly MappedJob[]
  readonly isSelected: boolean
  /** One of all tiles is reached by Tab; arrows go on from there. */
  readonly isEntry: boolean
  /** As wide as the chunk is long, where there is room for all beside each other. */
  readonly isScaled: boolean
}

/**
 * A chunk as a column of cells, a rendition each. Which one is pointed at, or has the focus, the map
 * finds out by `data-chunk`. Drawn again only when its chunk is another: there may be thousands.
 */
export const ChunkTile = memo(function ChunkTile(props: TileProps) {
  const { chunk, renditions, sound, isSelected, isEntry, isScaled } = props
  const cells = renditions.map((name) => cellOf(chunk, name, sound))
  const seconds = chunk.endSeconds === null ? 1 : chunk.endSeconds - chunk.startSeconds
  return (
    <div
      role="option"
      aria-selected={isSelected}
      aria-label={describeChunk(chunk, cells)}
      tabIndex={isEntry ? 0 : -1}
      data-chunk={chunk.index}
      className={classNames(styles['tile'], isScaled && styles['scaled'])}
      style={isScaled ? { flexGrow: seconds } : undefined}
    >
      {cells.map((cell, index) => (
        <CellMark key={renditions[index]} cell={cell} />
      ))}
    </div>
  )
})

function CellMark({ cell: { state, share } }: { readonly cell: Cell }) {
  return (
    <span className={classNames(styles['cell'], styles[state])}>
      {state === 'working' && share > 0 ? (
        <span className={styles['part']} style={{ transform: `scaleX(${share})` }} />
      ) : null}
    </span>
  )
}
