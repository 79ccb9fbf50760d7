import { useState } from 'react'
import { useConfirm } from '../../ui/confirm.tsx'
import { useTell } from '../../ui/toasts.tsx'
import type { DraftValue } from './draft-value.ts'
import type { DraftBase } from './kept-drafts.ts'
import { type Profile, type ProfileVersion, useProfileChanges } from './use-profiles.ts'

/**
 * What an editor starts from, and how it is saved; another's version in between is not overwritten.
 *
 * @param keptBase what a draft began as that was left unsaved.
 */
export function useEditing(profile: Profile, keptBase: DraftBase | undefined) {
  const confirm = useConfirm()
  const tell = useTell()
  const { save } = useProfileChanges()
  const held = profile.version ?? 0
  const [base, setBase] = useState<DraftBase>(
    () => keptBase ?? { version: held, start: toDraft(profile) },
  )
  const keep = async (value: DraftValue, note: string, expected: number): Promise<boolean> => {
    try {
      const saved = await save(profile.name, { profile: value, note, expected })
      setBase({ version: saved.version ?? 0, start: toDraft(saved) })
      tell.good(`Saved version ${saved.version} of ${profile.name}.`)
      return true
    } catch (error) {
      tell.bad(`${profile.name} was not saved.`, error)
      return false
    }
  }
  const restore = async (version: ProfileVersion): Promise<boolean> => {
    const isMeant = await confirm({
      title: `Make version ${version.version} the current one?`,
      text: 'It is saved again as the newest version, and holds for videos that come from now on. No version is lost.',
      action: 'Make current',
      isDanger: false,
    })
    if (!isMeant) return false
    return keep(version.profile, `Version ${version.version} again`, held)
  }
  return {
    base,
    /** Another version holds than the one that was read. */
    isOutrun: held !== base.version,
    /** From now on what holds is what is compared with; what was changed stays. */
    catchUp: () => setBase({ version: held, start: toDraft(profile) }),
    save: (value: DraftValue, note: string) => keep(value, note, base.version),
    restore,
  }
}

function toDraft({ name, profile }: Profile): DraftValue {
  return (profile ?? { name, video: [] }) as DraftValue
}
