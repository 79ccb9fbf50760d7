import { Ban, RotateCcw, Trash2 } from 'lucide-react'
import type { Video } from '../../../api/client.ts'
import { Button } from '../../../ui/button.tsx'
import { countOf } from '../../../words/amounts.ts'
import { isUnderWay } from '../../../words/video-states.ts'
import styles from './bulk.module.css'
import type { BulkAction } from './bulk-batches.ts'

/** What can be done with the chosen videos; each button says how many it is for. */
export function SelectionBar({
  videos,
  busy,
  onAct,
  onClear,
}: {
  readonly videos: readonly Video[]
  readonly busy: BulkAction | null
  readonly onAct: (action: BulkAction, videos: readonly Video[]) => void
  readonly onClear: () => void
}) {
  const working = videos.filter(({ state }) => isUnderWay(state))
  const ended = videos.filter(({ state }) => state === 'failed' || state === 'cancelled')
  const button = (action: BulkAction, fit: readonly Video[]) => ({
    size: 'small' as const,
    busy: busy === action,
    disabled: busy !== null || fit.length === 0,
    onClick: () => onAct(action, fit),
  })
  return (
    <section className={styles['bar']} aria-label="What was chosen">
      <strong role="status">{countOf(videos.length, 'video')} chosen</strong>
      <div className={styles['actions']}>
        <Button icon={<Ban />} {...button('cancel', working)}>
          Cancel {working.length}
        </Button>
        <Button icon={<RotateCcw />} {...button('retry', ended)}>
          Retry {ended.length}
        </Button>
        <Button look="danger" icon={<Trash2 />} {...button('delete', videos)}>
          Delete {videos.length}
        </Button>
        <Button look="quiet" size="small" onClick={onClear}>
          Choose none
        </Button>
      </div>
    </section>
  )
}
