import { createContext, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import {
  type DraftValue,
  type FieldPath,
  pointerOf,
  valueAt,
  withValue,
  writeJson,
} from './draft-value.ts'
import { type DraftBase, type Edited, type KeptDraft, keepDraft } from './kept-drafts.ts'
import type { FieldProblem } from './use-profiles.ts'

/** A profile that is edited, as a form and as text, both in step. */
export interface Draft {
  readonly text: string
  /** What the text says; the last that was JSON while it is none. */
  readonly value: DraftValue
  /** Why the text is no profile at all; null where it is one. */
  readonly textError: string | null
  readonly isChanged: boolean
  readonly setText: (text: string) => void
  readonly setValue: (change: (value: DraftValue) => DraftValue) => void
  readonly reset: () => void
}

/**
 * The draft of a profile that begins as its base says; where another holds by then, what was changed
 * stays.
 *
 * @param kept what was left unsaved.
 */
export function useDraft(name: string, base: DraftBase, kept: KeptDraft | null): Draft {
  const { start } = base
  const startText = writeJson(start)
  const [edited, setEdited] = useState<Edited | null>(kept?.edited ?? null)
  const text = edited?.text ?? startText
  const value = edited?.value ?? start
  const setText = useCallback(
    (next: string) =>
      setEdited((last) => ({ text: next, value: parse(next) ?? last?.value ?? start })),
    [start],
  )
  const setValue = useCallback(
    (change: (value: DraftValue) => DraftValue) =>
      setEdited((last) => {
        const changed = change(last?.value ?? start)
        return { text: writeJson(changed), value: changed }
      }),
    [start],
  )
  const reset = useCallback(() => setEdited(null), [])
  const isChanged = edited !== null && writeJson(edited.value) !== startText
  const textError = useMemo(() => describeFault(text), [text])
  const isUnsaved = isChanged || textError !== null
  useWarning(isUnsaved)
  useKeeping(name, base, isUnsaved ? edited : null)
  return { text, value, textError, isChanged, setText, setValue, reset }
}

function parse(text: string): DraftValue | null {
  try {
    const value: unknown = JSON.parse(text)
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isObject ? (value as DraftValue) : null
  } catch {
    // Half-typed JSON is the usual state of it; describeFault says so.
    return null
  }
}

function describeFault(text: string): string | null {
  try {
    return parse(text) ? null : (JSON.parse(text), 'A profile is an object: { … }.')
  } catch (error) {
    return error instanceof Error ? `This is no JSON yet: ${error.message}` : String(error)
  }
}

/** Another page of the console is one press away, and nobody asks before it opens. */
function useKeeping(name: string, base: DraftBase, edited: Edited | null): void {
  useEffect(() => {
    keepDraft(sessionStorage, name, edited && { base, edited })
  }, [name, base, edited])
}

/** The browser asks before a page with changes is left. */
function useWarning(isNeeded: boolean): void {
  useEffect(() => {
    if (!isNeeded) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', warn)
    return () => removeEventListener('beforeunload', warn)
  }, [isNeeded])
}

interface Editing {
  readonly draft: Draft
  readonly problems: readonly FieldProblem[]
}

/** The draft that the fields of a form are of. */
export const DraftContext = createContext<Editing | null>(null)

/** A field of the draft: what it holds, how it is changed, what is wrong with it. */
export function useDraftField(path: FieldPath) {
  const editing = useContext(DraftContext)
  if (!editing) throw new Error('A field of a profile stands outside of its form.')
  const { draft, problems } = editing
  const pointer = pointerOf(path)
  const problem = problems.find(({ field }) => field === pointer)
  return {
    value: valueAt(draft.value, path),
    set: (value: unknown) => draft.setValue((last) => withValue(last, path, value)),
    error: problem ? capitalize(problem.message) : undefined,
  }
}

/** "must be a number" as a sentence of its own. */
export function capitalize(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`
}
