import { Film, Pause, Play, Upload as UploadIcon } from 'lucide-react'
import { useEffect } from 'react'
import { Navigate, useLocation } from 'react-router'
import { hasRole, useSession, useSite } from '../../api/session.ts'
import { Button } from '../../ui/button.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Empty, Failure, Skeleton } from '../../ui/states.tsx'
import { countOf, formatBytes } from '../../words/amounts.ts'
import { wayToLogin } from '../people/way-back.ts'
import { FileButton } from '../videos/file-button.tsx'
import { NextFiles } from './next-files.tsx'
import styles from './upload.module.css'
import type { Upload } from './upload.ts'
import { UploadRow } from './upload-row.tsx'
import { useQueue, useUploads } from './uploads-provider.tsx'
import { wishStore } from './uploads-store.ts'

/** Brings videos; who is not known logs in first and comes back (C-04…C-06). */
export default function UploadPage() {
  const { data: session, error, refetch } = useSession()
  const here = useLocation()
  if (session === undefined) {
    if (error) return <Failure error={error} onRetry={() => void refetch()} />
    return <Skeleton height="16rem" />
  }
  if (!session) return <Navigate to={wayToLogin(here)} replace />
  if (!hasRole(session, 'uploader')) {
    return (
      <Empty icon={<UploadIcon />} title="You may watch here, not upload.">
        An administrator can give you the role uploader.
      </Empty>
    )
  }
  return <Uploading />
}

function Uploading() {
  const uploads = useUploads()
  const withQueue = useQueue()
  // Loaded while one looks for a file.
  useEffect(() => withQueue(() => undefined), [withQueue])
  const add = (files: File[]) => withQueue((queue) => queue.add(files, wishStore.read()))
  const waiting = uploads.filter(({ phase }) => phase === 'waiting')
  const isUntitled = waiting.some(({ title }) => title.trim() === '')
  return (
    <div className={styles['place']}>
      <PageHead title="Upload" actions={<AllButtons uploads={uploads} />} />
      <div className={styles['page']}>
        <Pick onFiles={add} isEmpty={uploads.length === 0} />
        <NextFiles />
        {uploads.length > 0 ? (
          <ul className={styles['list']} aria-label="Uploads">
            {uploads.map((upload) => (
              <UploadRow key={upload.id} upload={upload} />
            ))}
          </ul>
        ) : null}
        {waiting.length > 0 ? (
          <div className={styles['foot']}>
            {isUntitled ? <p className={styles['soft']}>Every video needs a title.</p> : null}
            <Button
              look="primary"
              icon={<UploadIcon />}
              disabled={isUntitled}
              onClick={() => withQueue((queue) => queue.start())}
            >
              {`Upload ${countOf(waiting.length, 'video')}`}
            </Button>
          </div>
        ) : null}
      </div>
    </div>
  )
}

function Pick({
  onFiles,
  isEmpty,
}: {
  readonly onFiles: (files: File[]) => void
  readonly isEmpty: boolean
}) {
  const { data: site } = useSite()
  return (
    <div className={isEmpty ? styles['pick'] : styles['pickMore']}>
      {isEmpty ? <Film className={styles['film']} aria-hidden="true" /> : null}
      <p className={styles['drop']}>Drop videos anywhere on this page, or</p>
      <FileButton accept="video/*" multiple onFiles={onFiles}>
        Choose files
      </FileButton>
      {isEmpty && site ? (
        <p className={styles['soft']}>
          {`Up to ${formatBytes(site.sourceMaxBytes)} each. A cut network or a reload costs nothing: it goes on where it was.`}
        </p>
      ) : null}
    </div>
  )
}

/** Pause and resume, for several at once. */
function AllButtons({ uploads }: { readonly uploads: readonly Upload[] }) {
  const withQueue = useQueue()
  const of = (...phases: Upload['phase'][]) => uploads.filter(({ phase }) => phases.includes(phase))
  const [moving, paused] = [of('sending', 'cut'), of('paused')]
  if (moving.length + paused.length < 2) return null
  return (
    <>
      {moving.length > 0 ? (
        <Button
          icon={<Pause />}
          onClick={() => withQueue((queue) => moving.forEach(({ id }) => queue.pause(id)))}
        >
          Pause all
        </Button>
      ) : null}
      {paused.length > 0 ? (
        <Button
          icon={<Play />}
          onClick={() => withQueue((queue) => paused.forEach(({ id }) => queue.resume(id)))}
        >
          Resume all
        </Button>
      ) : null}
    </>
  )
}
