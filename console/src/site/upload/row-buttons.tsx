import { Pause, Play, RotateCw, X } from 'lucide-react'
import { ButtonLink, IconButton } from '../../ui/button.tsx'
import { useConfirm } from '../../ui/confirm.tsx'
import styles from './upload.module.css'
import type { Upload } from './upload.ts'
import { useQueue } from './uploads-provider.tsx'

/** What can be done with an upload as it stands. */
export function RowButtons({ upload }: { readonly upload: Upload }) {
  const { id, title, phase, videoId } = upload
  const withQueue = useQueue()
  const confirm = useConfirm()
  const remove = async () => {
    const isSafe = phase === 'waiting' || phase === 'done'
    const isSure =
      isSafe ||
      (await confirm({
        title: `Stop the upload of “${title}”?`,
        text: 'What has arrived of it is thrown away, and its video with it.',
        action: 'Stop',
      }))
    if (isSure) withQueue((queue) => queue.remove(id))
  }
  return (
    <div className={styles['buttons']}>
      {videoId === null ? null : (
        <ButtonLink to={`/watch/${videoId}`} size="small">
          Watch
        </ButtonLink>
      )}
      {phase === 'sending' || phase === 'cut' ? (
        <IconButton label={`Pause ${title}`} onClick={() => withQueue((queue) => queue.pause(id))}>
          <Pause />
        </IconButton>
      ) : null}
      {phase === 'paused' ? (
        <IconButton
          label={`Resume ${title}`}
          onClick={() => withQueue((queue) => queue.resume(id))}
        >
          <Play />
        </IconButton>
      ) : null}
      {phase === 'failed' ? (
        <IconButton
          label={`Try ${title} again`}
          onClick={() => withQueue((queue) => queue.resume(id))}
        >
          <RotateCw />
        </IconButton>
      ) : null}
      <IconButton
        label={phase === 'done' ? `Take ${title} off this list` : `Stop the upload of ${title}`}
        onClick={() => void remove()}
      >
        <X />
      </IconButton>
    </div>
  )
}
