import type { Video } from '../api/client.ts'
import { Progress } from '../ui/progress.tsx'
import { isUnderWay, videoStates } from '../words/video-states.ts'
import styles from './instead.module.css'
import { useRemaining } from './use-remaining.ts'

/** Where the picture will be: what happens until there is one, or why there will be none. */
export function Instead({ video }: { readonly video: Video }) {
  const remaining = useRemaining(video)
  const { state, progress, error } = video
  if (!isUnderWay(state)) {
    return (
      <div className={styles['said']} role={state === 'failed' ? 'alert' : 'status'}>
        <p className={styles['title']}>{titleOf(video)}</p>
        {error ? <p>{error.message}</p> : null}
      </div>
    )
  }
  return (
    <div className={styles['said']} role="status">
      <p className={styles['title']}>This plays in a moment, by itself.</p>
      <p>
        {videoStates[state].sentence}
        {remaining ? ` ${remaining}.` : ''}
      </p>
      <div className={styles['bar']}>
        <Progress value={progressOf(video) ?? (progress || null)} label="Progress" thin />
      </div>
    </div>
  )
}

function titleOf({ state }: Video): string {
  if (state === 'failed') return 'This video could not be made.'
  return state === 'cancelled' ? 'This video was cancelled.' : 'There is nothing to play.'
}

/** While it is uploaded, how much of it has arrived; null where nobody knows. */
function progressOf({ state, upload }: Video): number | null {
  if (state !== 'uploading' || !upload?.totalBytes) return null
  return upload.receivedBytes / upload.totalBytes
}
