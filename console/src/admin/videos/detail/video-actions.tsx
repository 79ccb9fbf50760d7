import { useQueryClient } from '@tanstack/react-query'
import { Ban, ClipboardList, Play, RotateCcw, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { client, read, type Video } from '../../../api/client.ts'
import { addressOf } from '../../../api/root.ts'
import { Button, lookOf } from '../../../ui/button.tsx'
import { useConfirm } from '../../../ui/confirm.tsx'
import { useTell } from '../../../ui/toasts.tsx'
import { isUnderWay } from '../../../words/video-states.ts'
import { PlanDialog } from './plan-dialog.tsx'

/** What can be done with a video. */
export function VideoActions({ video }: { readonly video: Video }) {
  const [isPlanning, setPlanning] = useState(false)
  const { busy, cancel, retry, remove } = useMoves(video)
  return (
    <>
      <a href={addressOf(`watch/${video.id}`)} className={lookOf({ look: 'primary' })}>
        <Play />
        Watch
      </a>
      <Button icon={<ClipboardList />} onClick={() => setPlanning(true)}>
        Try a profile
      </Button>
      {isUnderWay(video.state) ? (
        <Button icon={<Ban />} busy={busy} onClick={() => void cancel()}>
          Cancel
        </Button>
      ) : null}
      {video.state === 'failed' || video.state === 'cancelled' ? (
        <Button icon={<RotateCcw />} busy={busy} onClick={() => void retry()}>
          Retry
        </Button>
      ) : null}
      <Button look="danger" icon={<Trash2 />} busy={busy} onClick={() => void remove()}>
        Delete
      </Button>
      <PlanDialog video={video} open={isPlanning} onClose={() => setPlanning(false)} />
    </>
  )
}

function useMoves({ id, name, publishedAt }: Video) {
  const queries = useQueryClient()
  const confirm = useConfirm()
  const tell = useTell()
  const navigate = useNavigate()
  const [busy, setBusy] = useState(false)
  const params = { path: { id } }

  async function move(work: () => Promise<Video | undefined>, done: string): Promise<boolean> {
    setBusy(true)
    try {
      const video = await work()
      if (video) queries.setQueryData(['video', id], video)
      tell.good(done)
      return true
    } catch (error) {
      tell.bad('That did not work.', error)
      return false
    } finally {
      setBusy(false)
    }
  }
  return {
    busy,
    cancel: async () => {
      const kept = publishedAt ? ' What was published before stays.' : ''
      const isSure = await confirm({
        title: `Cancel “${name}”?`,
        text: `The work on it stops; it can be taken up again by a retry.${kept}`,
        action: 'Cancel the work',
      })
      const cancelIt = () => read(client.POST('/api/v1/videos/{id}/cancel', { params }))
      if (isSure) await move(cancelIt, `“${name}” is cancelled.`)
    },
    retry: () =>
      move(
        () => read(client.POST('/api/v1/videos/{id}/retry', { params })),
        `“${name}” is taken up again.`,
      ),
    remove: async () => {
      const isSure = await confirm({
        title: `Delete “${name}”?`,
        text: 'It goes with its source, all versions, all files and its history. It cannot be brought back.',
        action: 'Delete',
      })
      const removeIt = async () => {
        await client.DELETE('/api/v1/videos/{id}', { params })
        return undefined
      }
      if (isSure && (await move(removeIt, `“${name}” is deleted.`))) await navigate('/videos')
    },
  }
}
