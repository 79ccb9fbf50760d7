import { type PointerEvent, useState } from 'react'
import { speakClock } from '../clock.ts'
import type { Film } from '../player.tsx'
import { usePlayer, usePlayerState } from '../player-context.ts'
import styles from './seek-bar.module.css'
import { SeekPreview } from './seek-preview.tsx'

/**
 * Where the video is, and how much of it there is: played, buffered, encoded so far. A range for
 * screen readers; the keys of the player move it.
 */
export function SeekBar({ film }: { readonly film: Film }) {
  const player = usePlayer()
  const seconds = usePlayerState((state) => state.seconds)
  const available = usePlayerState((state) => state.availableSeconds)
  const isGrowing = usePlayerState((state) => state.isGrowing)
  const whole = Math.max(0.1, available, (isGrowing || available === 0 ? film.durationSeconds : 0) ?? 0)
  const [draggedTo, setDraggedTo] = useState<number | null>(null)
  const [hoverAt, setHoverAt] = useState<number | null>(null)
  const [hasFocus, setFocus] = useState(false)
  const shown = draggedTo ?? Math.min(seconds, whole)
  const previewAt = draggedTo ?? hoverAt ?? (hasFocus ? shown : null)

  function follow(event: PointerEvent<HTMLInputElement>): void {
    if (event.pointerType !== 'mouse') return
    const box = event.currentTarget.getBoundingClientRect()
    setHoverAt(Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)) * whole)
  }
  function drop(): void {
    if (draggedTo !== null) player.seekTo(draggedTo)
    setDraggedTo(null)
  }
  return (
    <div className={styles['seek']}>
      {previewAt === null ? null : (
        <SeekPreview
          storyboard={film.storyboard}
          seconds={previewAt}
          share={previewAt / whole}
          isEncoded={!isGrowing || previewAt <= available}
        />
      )}
      <div className={styles['track']} aria-hidden="true">
        <Ranges whole={whole} />
        <div className={styles['played']} style={{ transform: `scaleX(${shown / whole})` }} />
        {hoverAt === null ? null : (
          <div className={styles['ahead']} style={{ transform: `scaleX(${hoverAt / whole})` }} />
        )}
      </div>
      <div className={styles['knob']} style={{ left: `${(shown / whole) * 100}%` }} aria-hidden="true" />
      <input
        type="range"
        className={styles['range']}
        aria-label="Place in the video"
        aria-valuetext={`${speakClock(shown)} of ${speakClock(whole)}`}
        min={0}
        max={whole}
        step="any"
        value={shown}
        onInput={(event) => setDraggedTo(event.currentTarget.valueAsNumber)}
        onPointerUp={drop}
        onPointerCancel={drop}
        onKeyUp={drop}
        onPointerMove={follow}
        onPointerLeave={() => setHoverAt(null)}
        onFocus={(event) => setFocus(event.currentTarget.matches(':focus-visible'))}
        onBlur={() => {
          drop()
          setFocus(false)
        }}
      />
    </div>
  )
}

/** What is encoded and what is buffered, as shares of the whole. */
function Ranges({ whole }: { readonly whole: number }) {
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
