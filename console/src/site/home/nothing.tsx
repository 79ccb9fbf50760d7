import { Clapperboard, LogIn, SearchX, Upload } from 'lucide-react'
import { hasRole, useSession } from '../../api/session.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { Empty } from '../../ui/states.tsx'
import type { Wish } from './which-videos.ts'

/** The list is not for strangers, or not there at all. */
export function NothingListed({ site }: { readonly site: string }) {
  if (site === 'off') {
    return (
      <Empty icon={<Clapperboard />} title="There is no list here.">
        Videos of this server are watched by their own addresses.
      </Empty>
    )
  }
  return (
    <Empty
      icon={<LogIn />}
      title="Log in to see the videos."
      action={
        <ButtonLink to="/login" look="primary" icon={<LogIn />}>
          Log in
        </ButtonLink>
      }
    >
      The list of videos is for members. Whoever has the address of a video can watch it.
    </Empty>
  )
}

/** No video fits, in words for a stranger and for a member (C-02). */
export function NothingFound({ wish }: { readonly wish: Wish }) {
  const { data: session } = useSession()
  if (wish.q !== '') {
    return (
      <Empty icon={<SearchX />} title={`No video is called “${wish.q}”.`}>
        Look for another part of the title.
      </Empty>
    )
  }
  if (hasRole(session, 'uploader')) {
    return (
      <Empty
        icon={<Clapperboard />}
        title={wish.mine ? 'You have no videos yet.' : 'There are no videos yet.'}
        action={
          <ButtonLink to="/upload" look="primary" icon={<Upload />}>
            Upload a video
          </ButtonLink>
        }
      >
        Upload one: it plays seconds after its last byte has arrived.
      </Empty>
    )
  }
  return (
    <Empty icon={<Clapperboard />} title="There are no videos yet.">
      {session ? 'Those that you may see will appear here.' : 'Come back later, or log in.'}
    </Empty>
  )
}
