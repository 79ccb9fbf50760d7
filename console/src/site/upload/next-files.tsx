import { useSyncExternalStore } from 'react'
import { VisibilityField } from '../videos/visibility-field.tsx'
import styles from './upload.module.css'
import { wishStore } from './uploads-store.ts'

/** Asks what the next files become. */
export function NextFiles() {
  const wish = useSyncExternalStore(wishStore.subscribe, wishStore.read)
  return (
    <div className={styles['next']}>
      <VisibilityField
        value={wish.visibility}
        onChange={(visibility) => wishStore.write({ ...wish, visibility })}
      />
    </div>
  )
}
