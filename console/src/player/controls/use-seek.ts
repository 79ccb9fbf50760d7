import { type PointerEvent, useState } from 'react'
import type { Film } from '../film.ts'
import { usePlayer, usePlayerState } from '../player-context.ts'

/**
 * Where the seek bar stands and where a person points to. Times are seconds; while somebody drags
 * it, the video stays where it is, and goes there at the end.
 */
export function useSeek({ durationSeconds }: Film) {
  const { seekTo } = usePlayer()
  const seconds = usePlayerState((state) => state.seconds)
  const available = usePlayerState((state) => state.availableSeconds)
  const isGrowing = usePlayerState((state) => state.isGrowing)
  const [draggedTo, setDraggedTo] = useState<number | null>(null)
  const [hoverAt, setHoverAt] = useState<number | null>(null)
  const [hasFocus, setFocus] = useState(false)
  const promised = isGrowing || available === 0 ? (durationSeconds ?? 0) : 0
  // Never 0: it is divided by.
  const whole = Math.max(0.1, available, promised)
  const shown = draggedTo ?? Math.min(seconds, whole)
  const previewAt = draggedTo ?? hoverAt ?? (hasFocus ? shown : null)

  function drop(): void {
    if (draggedTo !== null) seekTo(draggedTo)
    setDraggedTo(null)
  }
  return {
    ...{ whole, shown, hoverAt, previewAt },
    isEncodedAt: (at: number) => !isGrowing || at <= available,
    drag: setDraggedTo,
    drop,
    follow: (event: PointerEvent<HTMLInputElement>) => {
      if (event.pointerType !== 'mouse') return
      const { left, width } = event.currentTarget.getBoundingClientRect()
      setHoverAt(Math.min(1, Math.max(0, (event.clientX - left) / width)) * whole)
    },
    leave: () => setHoverAt(null),
    focus: (isByKey: boolean) => setFocus(isByKey),
    blur: () => {
      drop()
      setFocus(false)
    },
  }
}
