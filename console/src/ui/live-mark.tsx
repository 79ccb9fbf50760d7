import { useLive } from '../api/live.tsx'
import styles from './live-mark.module.css'

/** Says when what is shown may be old, since the live connection is lost. */
export function LiveMark() {
  const live = useLive()
  return (
    <div role="status" className={live === 'lost' ? styles['lost'] : 'hidden-text'}>
      {live === 'lost' ? 'Connection lost. Trying again…' : ''}
    </div>
  )
}
