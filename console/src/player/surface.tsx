import { type PointerEvent, useRef } from 'react'
import styles from './player.module.css'
import { usePlayer } from './player-context.ts'

const doubleTapMs = 300
const jumpSeconds = 10

/**
 * What is pressed when the picture is pressed. By mouse: play or pause, twice fills the screen. By
 * finger: shows the controls; twice at the left or the right jumps. For keys there are the
 * controls: this is not reached by them.
 */
export function Surface({
  hasFilm,
  isActive,
}: {
  readonly hasFilm: boolean
  readonly isActive: boolean
}) {
  const player = usePlayer()
  const lastTap = useRef({ at: 0, side: '' })
  if (!hasFilm) return null

  function onTap(event: PointerEvent<HTMLDivElement>): void {
    const box = event.currentTarget.getBoundingClientRect()
    const side = sideOf((event.clientX - box.left) / box.width)
    const isSecond =
      side === lastTap.current.side && event.timeStamp - lastTap.current.at < doubleTapMs
    lastTap.current = { at: event.timeStamp, side }
    if (!isSecond) return
    if (side === 'middle') player.toggleFullScreen()
    else player.seekBy(side === 'left' ? -jumpSeconds : jumpSeconds)
  }
  return (
    <div
      className={styles['surface']}
      data-surface
      onPointerUp={(event) => {
        if (event.pointerType !== 'mouse') onTap(event)
        else if (event.button === 0 && isActive) player.togglePlay()
      }}
      onDoubleClick={() => player.toggleFullScreen()}
    />
  )
}

function sideOf(share: number): 'left' | 'middle' | 'right' {
  if (share < 0.35) return 'left'
  return share > 0.65 ? 'right' : 'middle'
}
