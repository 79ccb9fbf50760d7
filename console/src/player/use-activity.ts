import { useEffect, useState } from 'react'
import type { Player } from './player.ts'

const idleAfterMs = 2800

/**
 * Whether the controls are to be seen: they hide by themselves while it plays, and never while one
 * of them has the focus of the keyboard, a menu is open or the pointer is on them.
 */
export function useActivity(frame: HTMLElement | null, player: Player | null): boolean {
  const [isActive, setActive] = useState(true)
  useEffect(() => {
    if (!frame || !player) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const rest = () => {
      clearTimeout(timer)
      timer = setTimeout(look, idleAfterMs)
    }
    const look = () => {
      if (player.video.paused || isInUse(frame)) return rest()
      setActive(false)
    }
    const wake = () => {
      setActive(true)
      rest()
    }
    const onLeave = ({ pointerType }: PointerEvent) => {
      if (pointerType === 'mouse' && !player.video.paused && !isInUse(frame)) setActive(false)
    }
    const listening = new AbortController()
    const { signal } = listening
    for (const name of ['pointermove', 'pointerdown', 'focusin', 'keydown']) {
      frame.addEventListener(name, wake, { signal })
    }
    frame.addEventListener('pointerleave', onLeave, { signal })
    for (const name of ['pause', 'play']) player.video.addEventListener(name, wake, { signal })
    return () => {
      clearTimeout(timer)
      listening.abort()
    }
  }, [frame, player])
  return isActive
}

/** What a finger touched last counts as hovered until it touches something else: there it says nothing. */
const canHover = matchMedia('(hover: hover)').matches

function isInUse(frame: HTMLElement): boolean {
  const selectors = ['[data-controls] :focus-visible', '[role=menu]', 'dialog[open]']
  if (canHover) selectors.push('[data-controls] > :hover')
  return frame.querySelector(selectors.join(', ')) !== null
}
