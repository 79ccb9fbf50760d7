import { useState } from 'react'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Failure, Skeleton } from '../../ui/states.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { DiffView } from './diff-view.tsx'
import type { DraftValue } from './draft-value.ts'
import { type Profile, type ProfileVersion, useVersions } from './use-profiles.ts'
import styles from './versions.module.css'

/** What was saved of a profile, and how each version differs from the one that holds. */
export function VersionsCard({
  profile,
  onRestore,
}: {
  readonly profile: Profile
  readonly onRestore: (version: ProfileVersion) => Promise<boolean>
}) {
  const { data: versions, error, refetch } = useVersions(profile.name)
  const [shown, setShown] = useState<ProfileVersion | null>(null)
  const [isBusy, setBusy] = useState(false)
  const restore = async (version: ProfileVersion) => {
    setBusy(true)
    if (await onRestore(version)) setShown(null)
    setBusy(false)
  }
  return (
    <Card title="Versions">
      {error ? <Failure error={error} onRetry={() => void refetch()} /> : null}
      {!versions && !error ? <Skeleton height="4rem" /> : null}
      {versions?.length === 0 ? (
        <p className={styles['soft']}>Nothing was saved yet: the file holds.</p>
      ) : null}
      <ol className={styles['versions']}>
        {versions?.map((version) => (
          <li key={version.version} className={styles['version']}>
            <VersionWords version={version} holds={version.version === profile.version} />
            {version.version === profile.version ? null : (
              <Button size="small" onClick={() => setShown(version)}>
                Compare
              </Button>
            )}
          </li>
        ))}
      </ol>
      <Dialog
        open={shown !== null}
        onClose={() => setShown(null)}
        title={`Version ${shown?.version ?? ''} of ${profile.name}`}
        description="What would change in the profile that holds now."
        foot={
          <>
            <Button onClick={() => setShown(null)}>Close</Button>
            <Button look="primary" busy={isBusy} onClick={() => shown && void restore(shown)}>
              Make this the current one
            </Button>
          </>
        }
      >
        {shown ? (
          <DiffView before={(profile.profile ?? {}) as DraftValue} after={shown.profile} />
        ) : null}
      </Dialog>
    </Card>
  )
}

function VersionWords({
  version: { version, note, createdBy, createdAt, retiredAt },
  holds,
}: {
  readonly version: ProfileVersion
  readonly holds: boolean
}) {
  return (
    <div className={styles['words']}>
      <p className={styles['first']}>
        <strong>Version {version}</strong>
        {holds ? <Badge tone="good">holds now</Badge> : null}
        {retiredAt ? <Badge>deleted</Badge> : null}
        <span className={styles['soft']}>
          <TimeAgo at={createdAt} />
          {createdBy ? ` by ${createdBy}` : ''}
        </span>
      </p>
      {note ? <p className={styles['note']}>{note}</p> : null}
    </div>
  )
}
