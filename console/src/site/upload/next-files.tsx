import { useSyncExternalStore } from 'react'
import { VisibilityField } from '../videos/visibility-field.tsx'
import { ProfileField } from './profile-field.tsx'
import styles from './upload.module.css'
import { wishStore } from './uploads-store.ts'

/** Asks what the next files become. */
export function NextFiles() {
  const wish = useSyncExternalStore(wishStore.subscribe, wishStore.read)
  return (
    <fieldset className={styles['next']}>
      <legend className={styles['legend']}>For the files that you add next</legend>
      <VisibilityField
        value={wish.visibility}
        onChange={(visibility) => wishStore.write({ ...wish, visibility })}
      />
      <ProfileField
        value={wish.profile}
        onChange={(profile) => wishStore.write({ ...wish, profile })}
      />
    </fieldset>
  )
}
