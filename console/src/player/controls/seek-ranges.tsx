import { usePlayerState } from '../player-context.ts'
import styles from './seek-bar.module.css'

/** What is encoded and what is buffered, as parts of the whole's seconds. */
export function SeekRanges({ whole }: { readonly whole: number }) {
  const available = usePlayerState((state) => state.availableSeconds)
  const isGrowing = usePlayerState((state) => state.isGrowing)
  const buffered = usePlayerState((state) => state.buffered)
  const encoded = isGrowing ? Math.min(1, available / whole) : 1
  return (
    <>
      <div
        className={styles['encoded']}
        data-encoded={encoded.toFixed(3)}
        style={{ transform: `scaleX(${encoded})` }}
      />
      <div className={styles['missing']} style={{ width: `${(1 - encoded) * 100}%` }} />
      {buffered.map(([from, to]) => (
        <div
          key={from}
          className={styles['buffered']}
          style={{ left: `${(from / whole) * 100}%`, width: `${((to - from) / whole) * 100}%` }}
        />
      ))}
    </>
  )
}
