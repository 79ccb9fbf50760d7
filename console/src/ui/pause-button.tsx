import { CirclePause, CirclePlay } from 'lucide-react'
import { useLive, usePause } from '../api/live.tsx'
import { IconButton } from './button.tsx'

/** Lets what is shown stay as it is while somebody reads, and go on (P-70). */
export function PauseButton() {
  const live = useLive()
  const pause = usePause()
  if (live === 'off') return null
  const isPaused = live === 'paused'
  return (
    <IconButton
      label={isPaused ? 'Go on updating' : 'Pause updates'}
      onClick={() => pause(!isPaused)}
    >
      {isPaused ? <CirclePlay /> : <CirclePause />}
    </IconButton>
  )
}
