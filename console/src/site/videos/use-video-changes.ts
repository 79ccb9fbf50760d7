import { useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { client, read, type Video } from '../../api/client.ts'
import { useConfirm } from '../../ui/confirm.tsx'
import { useTell } from '../../ui/toasts.tsx'

/** What people do with a video; what they are told of it stands in notes. */
export interface VideoChanges {
  /** Asks, naming it, and deletes; true where it is gone. */
  readonly remove: (video: Video) => Promise<boolean>
  readonly retry: (video: Video) => Promise<void>
  readonly cancel: (video: Video) => Promise<void>
}

/** Deleting, stopping and taking up again. */
export function useVideoChanges(): VideoChanges {
  const queries = useQueryClient()
  const confirm = useConfirm()
  const tell = useTell()
  return useMemo(() => {
    const again = () => queries.invalidateQueries({ queryKey: ['videos'] })
    const doIt = async (failure: string, work: () => Promise<unknown>): Promise<boolean> => {
      try {
        await work()
        await again()
        return true
      } catch (error) {
        tell.bad(failure, error)
        return false
      }
    }
    const one = ({ id }: Video) => ({ params: { path: { id } } })
    return {
      remove: async (video) => {
        const isSure = await confirm({
          title: `Delete “${video.name}”?`,
          text: 'The video goes with all its files, and its address leads nowhere. This cannot be taken back.',
          action: 'Delete',
        })
        if (!isSure) return false
        const call = () => read(client.DELETE('/api/v1/videos/{id}', one(video)))
        const isGone = await doIt(`“${video.name}” was not deleted.`, call)
        if (isGone) tell.good(`“${video.name}” was deleted.`)
        return isGone
      },
      retry: async (video) => {
        const call = () => read(client.POST('/api/v1/videos/{id}/retry', one(video)))
        await doIt(`“${video.name}” was not taken up again.`, call)
      },
      cancel: async (video) => {
        const isSure = await confirm({
          title: `Stop the work on “${video.name}”?`,
          text: 'What is done of it is kept for another try.',
          action: 'Stop',
        })
        const call = () => read(client.POST('/api/v1/videos/{id}/cancel', one(video)))
        if (isSure) await doIt(`“${video.name}” was not stopped.`, call)
      },
    }
  }, [confirm, queries, tell])
}
