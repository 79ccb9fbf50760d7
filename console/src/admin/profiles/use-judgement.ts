import { useMemo, useState } from 'react'
import { samples } from './sources.ts'
import type { Draft } from './use-draft.ts'
import { type FieldProblem, usePreview } from './use-profiles.ts'
import { useSettled } from './use-settled.ts'

const firstSample = Object.keys(samples)[0] ?? ''
/** As long as somebody goes on typing, nobody needs an answer. */
const calmMs = 250
const none: readonly FieldProblem[] = []

/** What the server says of a draft, for the source that is chosen. */
export function useJudgement(draft: Draft) {
  const [chosen, choose] = useState(firstSample)
  const settled = useSettled(draft.value, calmMs)
  const source = useMemo(() => {
    const sample = samples[chosen]
    return sample ? { source: sample } : { videoId: chosen }
  }, [chosen])
  const { data, error, isFetching } = usePreview(draft.textError === null ? settled : null, source)
  const problems = data?.problems ?? none
  // While it changes, the last answer says nothing about it.
  const isStale = settled !== draft.value || isFetching
  return {
    ...{ chosen, choose, judged: data, error, problems, isStale },
    isSound: draft.textError === null && !isStale && data !== undefined && problems.length === 0,
  }
}
