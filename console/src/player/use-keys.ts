import { useCallback, useEffect, useRef, useState } from 'react'
import { type PlayerAction, readKey } from './key-actions.ts'
import { performDeed } from './perform.ts'
import type { Player } from './player.ts'

/** A few words about what a key did; `id` differs each time. */
export interface Notice {
  readonly id: number
  readonly text: string
}

interface Keys {
  readonly player: Player | null
  readonly frame: HTMLElement | null
  readonly isAlone: boolean
  readonly onHelp: () => void
}

/** On the rest of a page these are the page's own. */
const pageKeys = ['ArrowUp', 'ArrowDown', 'Home', 'End']
const shownMs = 900

/** Makes keys work, in the whole page; what the last one did. */
export function useKeys({ player, frame, isAlone, onHelp }: Keys): Notice | null {
  const [notice, say] = useNotice()
  useEffect(() => {
    if (!player || !frame) return
    const onKey = (event: KeyboardEvent) => {
      const action = readKey(event)
      if (!action || event.defaultPrevented || isForOther(event, action, frame)) return
      const isInside = isAlone || event.composedPath().includes(frame)
      if (!isInside && pageKeys.includes(event.key) && !document.fullscreenElement) return
      event.preventDefault()
      if (action.do === 'toggle-help') return onHelp()
      const text = performDeed(player, action)
      if (text !== null) say(text)
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [player, frame, isAlone, onHelp, say])
  return notice
}

function useNotice(): [Notice | null, (text: string) => void] {
  const [notice, setNotice] = useState<Notice | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const say = useCallback((text: string) => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setNotice(null), shownMs)
    setNotice((before) => ({ id: (before?.id ?? 0) + 1, text }))
  }, [])
  useEffect(() => () => clearTimeout(timer.current), [])
  return [notice, say]
}

/** Whether a key belongs to what has the focus: a text, a menu, a dialog, a button. */
function isForOther(event: KeyboardEvent, action: PlayerAction, frame: HTMLElement): boolean {
  const { target } = event
  if (!(target instanceof HTMLElement)) return false
  if (target.matches('textarea, select, input:not([type=range]), [contenteditable]')) return true
  if (target.closest('[role=menu]')) return true
  const dialog = target.closest('[role=dialog], [role=alertdialog], dialog')
  if (dialog) return !(frame.contains(dialog) && action.do === 'toggle-help')
  if (target.matches('[data-own-arrows]') && event.key.startsWith('Arrow')) return true
  return event.key === ' ' && target.closest('button, a, summary') !== null
}
