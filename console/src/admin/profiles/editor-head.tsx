import { Link } from 'react-router'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { countOf } from '../../words/amounts.ts'
import styles from './editor.module.css'
import { ProfileMenu } from './profile-menu.tsx'
import { hiddenWords, originWords } from './profile-words.ts'
import type { Draft } from './use-draft.ts'
import type { Profile } from './use-profiles.ts'

/** What is edited, where it comes from, and what can be done with it. */
export function EditorHead({
  profile,
  draft,
  canSave,
  onSave,
}: {
  readonly profile: Profile
  readonly draft: Draft
  readonly canSave: boolean
  readonly onSave: () => void
}) {
  return (
    <PageHead
      title={profile.name}
      above={<Link to="/profiles">Profiles</Link>}
      text={<Words profile={profile} />}
      actions={
        <>
          <ProfileMenu profile={profile} />
          <Button disabled={!draft.isChanged && !draft.textError} onClick={draft.reset}>
            Discard changes
          </Button>
          <Button look="primary" disabled={!canSave} onClick={onSave}>
            Save …
          </Button>
        </>
      }
    />
  )
}

function Words({ profile: { origin, version, hides, videos } }: { readonly profile: Profile }) {
  const from = originWords[origin]
  return (
    <span className={styles['words']}>
      <Badge tone={origin === 'stored' ? 'info' : 'neutral'}>
        {version === null ? from : `version ${version}, ${from}`}
      </Badge>
      {hides.length > 0 ? (
        <span>wins over the {hides.map((each) => hiddenWords[each]).join(' and the ')}</span>
      ) : null}
      <span>{countOf(videos, 'video')}</span>
    </span>
  )
}
