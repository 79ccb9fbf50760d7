import type { KeyboardEvent } from 'react'

/** Arrows, Home and End go through the items of a menu; the right arrow opens the list of one. */
export function moveFocus(event: KeyboardEvent, list: HTMLElement | null): void {
  const items = [...(list?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? [])]
  const at = items.findIndex((item) => item === document.activeElement)
  const next: Readonly<Record<string, number>> = {
    ArrowDown: (at + 1) % items.length,
    ArrowUp: (at - 1 + items.length) % items.length,
    Home: 0,
    End: items.length - 1,
  }
  const to = next[event.key]
  if (to !== undefined) {
    event.preventDefault()
    items[to]?.focus()
  } else if (event.key === 'ArrowRight' && items[at]?.ariaHasPopup === 'menu') {
    event.preventDefault()
    items[at].click()
  }
}
