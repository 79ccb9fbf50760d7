import { EllipsisVertical, Pencil, RotateCw, Square, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { Video } from '../../api/client.ts'
import { Menu, MenuItem, MenuLine } from '../../ui/menu.tsx'
import { isUnderWay } from '../../words/video-states.ts'
import { EditVideoDialog } from './edit-video-dialog.tsx'
import { useVideoChanges } from './use-video-changes.ts'

/**
 * What its owner and operators do with a video: edit, stop, try again, delete. To be shown to them
 * alone (`mayChange` of api/rights.ts). `onGone` is called once it is deleted.
 */
export function VideoMenu({
  video,
  size = 'medium',
  onGone,
}: {
  readonly video: Video
  readonly size?: 'medium' | 'small'
  readonly onGone?: () => void
}) {
  const [isEditing, setEditing] = useState(false)
  const { remove, retry, cancel } = useVideoChanges()
  const { state, name } = video
  return (
    <>
      <Menu label={`Change “${name}”`} size={size} trigger={<EllipsisVertical />}>
        <MenuItem icon={<Pencil />} onChoose={() => setEditing(true)}>
          Edit
        </MenuItem>
        {state === 'failed' || state === 'cancelled' ? (
          <MenuItem icon={<RotateCw />} onChoose={() => void retry(video)}>
            Try again
          </MenuItem>
        ) : null}
        {isUnderWay(state) ? (
          <MenuItem icon={<Square />} onChoose={() => void cancel(video)}>
            Stop
          </MenuItem>
        ) : null}
        <MenuLine />
        <MenuItem
          icon={<Trash2 />}
          isDanger
          onChoose={() => void remove(video).then((isGone) => isGone && onGone?.())}
        >
          Delete
        </MenuItem>
      </Menu>
      {isEditing ? <EditVideoDialog video={video} onClose={() => setEditing(false)} /> : null}
    </>
  )
}
