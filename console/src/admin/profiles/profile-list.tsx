import { Plus } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'react-router'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { classNames } from '../../ui/class-names.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { Failure, Skeleton } from '../../ui/states.tsx'
import { cells, Table } from '../../ui/table.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import type { DraftValue } from './draft-value.ts'
import styles from './list.module.css'
import { NewProfileDialog } from './new-profile-dialog.tsx'
import { describeProfile, originWords } from './profile-words.ts'
import { type Profile, useProfiles } from './use-profiles.ts'

/** All profiles, and where each comes from. */
export function ProfileList() {
  const { data: profiles, error, refetch } = useProfiles()
  const [isMaking, setMaking] = useState(false)
  return (
    <>
      <PageHead
        title="Profiles"
        text="What is made of a video. A change holds for videos that come from then on."
        actions={
          <Button look="primary" icon={<Plus />} onClick={() => setMaking(true)}>
            New profile
          </Button>
        }
      />
      {error && !profiles ? <Failure error={error} onRetry={() => void refetch()} /> : null}
      {!profiles && !error ? <Skeleton height="20rem" /> : null}
      {profiles ? <ProfileTable profiles={profiles} /> : null}
      <NewProfileDialog open={isMaking} onClose={() => setMaking(false)} />
    </>
  )
}

function ProfileTable({ profiles }: { readonly profiles: readonly Profile[] }) {
  return (
    <Card flush>
      <Table label="Profiles">
        <thead>
          <tr>
            <th>Profile</th>
            <th className={cells.roomy}>Makes</th>
            <th>Where it is from</th>
            <th className={cells.number}>Videos</th>
            <th className={cells.roomy}>Changed</th>
          </tr>
        </thead>
        <tbody>
          {profiles.map((profile) => (
            <ProfileRow key={profile.name} profile={profile} />
          ))}
        </tbody>
      </Table>
    </Card>
  )
}

function ProfileRow({ profile }: { readonly profile: Profile }) {
  const { name, description, origin, version, videos, createdAt, createdBy } = profile
  return (
    <tr>
      <td className={styles['name']}>
        <Link to={`/profiles/${name}`}>{name}</Link>
        {description ? <p className={styles['description']}>{description}</p> : null}
        <Faults profile={profile} />
      </td>
      <td className={classNames(styles['makes'], cells.roomy)}>
        {describeProfile(profile.profile as DraftValue | null)}
      </td>
      <td>
        <Badge tone={origin === 'stored' ? 'info' : 'neutral'}>
          {version === null ? originWords[origin] : `version ${version}, ${originWords[origin]}`}
        </Badge>
      </td>
      <td className={cells.number}>{videos.toLocaleString()}</td>
      <td className={cells.roomy}>
        {createdAt ? (
          <>
            <TimeAgo at={createdAt} />
            {createdBy ? <span className={styles['soft']}> by {createdBy}</span> : null}
          </>
        ) : (
          <span className={styles['soft']}>–</span>
        )}
      </td>
    </tr>
  )
}

function Faults({ profile: { problems, missingEncoders } }: { readonly profile: Profile }) {
  const [first] = problems
  if (first) {
    return (
      <Badge tone="bad">
        wrong: {first.field} {first.message}
      </Badge>
    )
  }
  if (missingEncoders.length === 0) return null
  return <Badge tone="warn">no runner has {missingEncoders.join(', ')}</Badge>
}
