import { type LiveState, useLive } from '../api/live.tsx'
import styles from './live-mark.module.css'

const sentences: Readonly<Partial<Record<LiveState, string>>> = {
  lost: 'Connection lost. Trying again…',
  paused: 'Updates are paused.',
}

/** Says when what is shown may be old: the live connection is lost, or a person paused it. */
export function LiveMark() {
  const sentence = sentences[useLive()] ?? ''
  return (
    <div role="status" className={sentence === '' ? 'hidden-text' : styles['lost']}>
      {sentence}
    </div>
  )
}
