import { Ban, RotateCcw, Trash2 } from 'lucide-react'
import type { Video } from '../../../api/client.ts'
import { Button } from '../../../ui/button.tsx'
import { SelectionBar } from '../../../ui/selection-bar.tsx'
import { countOf } from '../../../words/amounts.ts'
import { isUnderWay } from '../../../words/video-states.ts'
import type { BulkAction } from './bulk-batches.ts'

/** What can be done with the chosen videos; each button says how many it is for. */
export function ChosenVideos({
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
    <SelectionBar text={`${countOf(videos.length, 'video')} chosen`} onClear={onClear}>
      <Button icon={<Ban />} {...button('cancel', working)}>
        Cancel {working.length}
      </Button>
      <Button icon={<RotateCcw />} {...button('retry', ended)}>
        Retry {ended.length}
      </Button>
      <Button look="danger" icon={<Trash2 />} {...button('delete', videos)}>
        Delete {videos.length}
      </Button>
    </SelectionBar>
  )
}
