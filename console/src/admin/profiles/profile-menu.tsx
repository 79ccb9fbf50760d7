import { Copy, Ellipsis, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { useConfirm } from '../../ui/confirm.tsx'
import { Menu, MenuItem } from '../../ui/menu.tsx'
import { useTell } from '../../ui/toasts.tsx'
import { keepDraft } from './kept-drafts.ts'
import { NewProfileDialog } from './new-profile-dialog.tsx'
import { hiddenWords } from './profile-words.ts'
import { type Profile, useProfileChanges } from './use-profiles.ts'

/** What else can be done with a profile. */
export function ProfileMenu({ profile }: { readonly profile: Profile }) {
  const [isCopying, setCopying] = useState(false)
  const confirm = useConfirm()
  const tell = useTell()
  const navigate = useNavigate()
  const { remove } = useProfileChanges()
  const { name, origin, hides } = profile
  const [behind] = hides
  const drop = async () => {
    const isMeant = await confirm({
      title: behind ? `Go back to the file of “${name}”?` : `Delete “${name}”?`,
      text: behind
        ? `What was saved is deleted, and the ${hiddenWords[behind]} holds again. The versions stay and can be made current again.`
        : 'New videos cannot have it any more. Videos that have it keep it.',
      action: behind ? 'Go back' : 'Delete',
    })
    if (!isMeant) return
    try {
      await remove(name)
      keepDraft(sessionStorage, name, null)
      tell.good(behind ? `The file of ${name} holds again.` : `Deleted ${name}.`)
      await navigate('/profiles')
    } catch (error) {
      tell.bad(`${name} was not deleted.`, error)
    }
  }
  return (
    <>
      <Menu label="More" trigger={<Ellipsis />}>
        <MenuItem icon={<Copy />} onChoose={() => setCopying(true)}>
          Make another from it
        </MenuItem>
        <MenuItem
          icon={<Trash2 />}
          isDanger
          disabled={origin !== 'stored'}
          onChoose={() => void drop()}
        >
          {behind ? 'Go back to the file' : 'Delete'}
        </MenuItem>
      </Menu>
      <NewProfileDialog open={isCopying} from={name} onClose={() => setCopying(false)} />
    </>
  )
}
