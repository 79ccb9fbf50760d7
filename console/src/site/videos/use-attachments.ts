import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTell } from '../../ui/toasts.tsx'

/** Runs changes of what was added to a video, one at a time, and tells how they went. */
export function useAttachments() {
  const queries = useQueryClient()
  const tell = useTell()
  const [isBusy, setBusy] = useState(false)
  const change = async (work: () => Promise<unknown>, good: string, bad: string) => {
    setBusy(true)
    try {
      await work()
      tell.good(good)
    } catch (error) {
      tell.bad(bad, error)
    } finally {
      setBusy(false)
    }
    await queries.invalidateQueries({ queryKey: ['video'] })
    await queries.invalidateQueries({ queryKey: ['videos'] })
  }
  return { isBusy, change }
}
