import { useEffect, useRef } from 'react'
import { type DraftValue, moveEntry, rungsOf, withRungs } from './draft-value.ts'
import type { Draft } from './use-draft.ts'

/** What is moved keeps the focus: on the button that moved it while that can be pressed again. */
export type RowPart = 'up' | 'down' | 'remove' | 'field'

/** Adds, moves and removes rows of the ladder, and leads the focus along. */
export function useRows(draft: Draft) {
  const rungs = rungsOf(draft.value)
  const list = useRef<HTMLOListElement>(null)
  const focus = useRef<{ readonly row: number; readonly part: RowPart } | null>(null)
  useEffect(() => {
    if (!focus.current) return
    const { row, part } = focus.current
    focus.current = null
    const place = list.current?.children[row]
    const wanted = place?.querySelector<HTMLElement>(`[data-part="${part}"]:not(:disabled)`)
    const field = place?.querySelector<HTMLElement>('input')
    const next = wanted ?? field
    next?.focus()
  })
  const change = (next: readonly DraftValue[], row: number, part: RowPart) => {
    focus.current = { row, part }
    draft.setValue((last) => withRungs(last, next))
  }
  return {
    list,
    add: (rung: DraftValue) => change([...rungs, rung], rungs.length, 'field'),
    move: (from: number, to: number, part: RowPart) => {
      if (to >= 0 && to < rungs.length) change(moveEntry(rungs, from, to), to, part)
    },
    remove: (index: number) =>
      change(rungs.toSpliced(index, 1), Math.min(index, rungs.length - 2), 'remove'),
  }
}
