import { Button } from '../../ui/button.tsx'
import { Banner } from '../../ui/states.tsx'
import styles from './editor.module.css'
import type { Profile } from './use-profiles.ts'

/** Somebody saved the profile while it is edited here. */
export function OutrunNotice({
  profile: { version, createdBy },
  onCatchUp,
}: {
  readonly profile: Profile
  readonly onCatchUp: () => void
}) {
  const what = version === null ? 'It was deleted' : `Version ${version} was saved`
  return (
    <div className={styles['notice']}>
      <Banner
        tone="warn"
        action={
          <Button size="small" onClick={onCatchUp}>
            Go on from there
          </Button>
        }
      >
        {what} meanwhile{createdBy ? ` by ${createdBy}` : ''}. Your changes are still here; saving
        shows what they change of it.
      </Banner>
    </div>
  )
}
