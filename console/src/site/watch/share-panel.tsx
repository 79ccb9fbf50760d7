import { useState } from 'react'
import type { Video } from '../../api/client.ts'
import { addressOf } from '../../api/root.ts'
import { CopyBox } from '../../ui/copy.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { CheckField } from '../../ui/field.tsx'
import { Banner } from '../../ui/states.tsx'
import { formatClock } from '../../words/times.ts'
import { writeEmbedCode, writeLink } from './share.ts'
import styles from './share-panel.module.css'

/** The link and the code for other pages, from the beginning or from where it plays now. */
export function SharePanel({
  video,
  isOpen,
  onClose,
}: {
  readonly video: Video
  readonly isOpen: boolean
  readonly onClose: () => void
}) {
  return (
    <Dialog open={isOpen} onClose={onClose} title="Share">
      {isOpen ? <Content video={video} /> : null}
    </Dialog>
  )
}

function Content({ video }: { readonly video: Video }) {
  const [seconds] = useState(readPlace)
  const [fromHere, setFromHere] = useState(false)
  const start = fromHere ? seconds : 0
  const link = writeLink(addressOf(`watch/${video.id}`), start)
  const frame = writeLink(addressOf(`embed/${video.id}`), start)
  return (
    <div className={styles['panel']}>
      {video.visibility === 'private' ? (
        <Banner tone="warn">This video is private: others will not see it.</Banner>
      ) : null}
      <div>
        <h3>Link</h3>
        <CopyBox text={link} label="link" />
      </div>
      <div>
        <h3>Embed code</h3>
        <CopyBox text={writeEmbedCode(frame, video)} label="embed code" />
      </div>
      <CheckField
        label={`Start at ${formatClock(seconds)}`}
        checked={fromHere}
        onChange={(event) => setFromHere(event.currentTarget.checked)}
      />
    </div>
  )
}

/** Where the page's video is when the panel opens. */
function readPlace(): number {
  return Math.floor(document.querySelector('video')?.currentTime ?? 0)
}
