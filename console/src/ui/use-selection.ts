import { useCallback, useMemo, useState } from 'react'

/** Which of the shown rows are chosen. */
export interface Selection {
  readonly ids: ReadonlySet<string>
  readonly choose: (id: string, isChosen: boolean) => void
  readonly chooseAll: (isChosen: boolean) => void
  /** Chooses these instead, as those that were refused. */
  readonly keep: (ids: readonly string[]) => void
}

/** A choice that lasts while the rows change below it; what is not shown any more is not chosen. */
export function useSelection(shown: readonly string[]): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const ids = useMemo(() => new Set(shown.filter((id) => chosen.has(id))), [shown, chosen])
  const choose = useCallback(
    (id: string, isChosen: boolean) =>
      setChosen((before) => {
        const next = new Set(before)
        if (isChosen) next.add(id)
        else next.delete(id)
        return next
      }),
    [],
  )
  const chooseAll = useCallback(
    (isChosen: boolean) => setChosen(new Set(isChosen ? shown : [])),
    [shown],
  )
  const keep = useCallback((next: readonly string[]) => setChosen(new Set(next)), [])
  return useMemo(() => ({ ids, choose, chooseAll, keep }), [ids, choose, chooseAll, keep])
}
