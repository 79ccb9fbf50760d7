import type { DraftValue } from './draft-value.ts'

/** What a draft is compared with: the version that it began as, so that another's is noticed. */
export interface DraftBase {
  readonly version: number
  readonly start: DraftValue
}

/** What somebody wrote, with what it says. */
export interface Edited {
  readonly text: string
  readonly value: DraftValue
}

export interface KeptDraft {
  readonly base: DraftBase
  readonly edited: Edited
}

const keyOf = (name: string) => `profile-draft/${name}`

/** The draft of a profile that was left unsaved, if there is one. */
export function readDraft(storage: Storage, name: string): KeptDraft | null {
  const kept = storage.getItem(keyOf(name))
  // Sound: nobody but keepDraft writes it.
  return kept === null ? null : (JSON.parse(kept) as KeptDraft)
}

/** Keeps a draft while its page is left, as long as the tab is there; null forgets it. */
export function keepDraft(storage: Storage, name: string, draft: KeptDraft | null): void {
  try {
    if (draft) storage.setItem(keyOf(name), JSON.stringify(draft))
    else storage.removeItem(keyOf(name))
  } catch {
    // A full storage keeps nothing, but whoever edits can go on and save.
  }
}
