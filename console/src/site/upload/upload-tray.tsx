import { ChevronRight, X } from 'lucide-react'
import { Link, useLocation } from 'react-router'
import { IconButton } from '../../ui/button.tsx'
import { Progress } from '../../ui/progress.tsx'
import { countOf, formatShare } from '../../words/amounts.ts'
import { formatTaken } from '../../words/times.ts'
import { addUp, type Upload } from './upload.ts'
import styles from './upload-tray.module.css'
import { useQueue, useUploads } from './uploads-provider.tsx'

/** How far the uploads are, in a corner of every other page. */
export function UploadTray() {
  const uploads = useUploads().filter(({ phase }) => phase !== 'waiting')
  const { pathname } = useLocation()
  const withQueue = useQueue()
  if (uploads.length === 0 || pathname === '/upload') return null
  const { share, left } = addUp(uploads)
  const clear = () => withQueue((queue) => uploads.forEach(({ id }) => queue.remove(id)))
  return (
    <aside className={styles['tray']} aria-label="Uploads">
      <div className={styles['line']}>
        <Link to="/upload" className={styles['words']}>
          <span className={styles['title']}>{titleOf(uploads)}</span>
          <span className={styles['said']}>{saidOf(uploads)}</span>
        </Link>
        {left === 0 ? (
          <IconButton label="Close" size="small" onClick={clear}>
            <X />
          </IconButton>
        ) : (
          <ChevronRight className={styles['go']} aria-hidden="true" />
        )}
      </div>
      <Progress value={share} label="Uploads" tone={left === 0 ? 'good' : 'info'} thin />
    </aside>
  )
}

function titleOf(uploads: readonly Upload[]): string {
  const { left } = addUp(uploads)
  if (left === 0) return `${countOf(uploads.length, 'video')} uploaded`
  return `Uploading ${countOf(left, 'video')}`
}

function saidOf(uploads: readonly Upload[]): string {
  const { share, left, secondsLeft } = addUp(uploads)
  const has = (phase: Upload['phase']) => uploads.some((upload) => upload.phase === phase)
  if (left === 0) return 'All has arrived.'
  if (has('failed')) return 'Something went wrong.'
  if (has('lost')) return 'A file must be chosen again.'
  if (has('cut')) return 'The connection is gone; it goes on by itself.'
  const time = secondsLeft === null ? [] : [`${formatTaken(Math.ceil(secondsLeft))} left`]
  return [formatShare(share), ...(has('sending') ? time : ['paused'])].join(' · ')
}
