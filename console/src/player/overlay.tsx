import { Play, RotateCcw } from 'lucide-react'
import { Button } from '../ui/button.tsx'
import type { Film } from './film.ts'
import styles from './overlay.module.css'
import { usePlayer, usePlayerState } from './player-context.ts'
import type { Notice } from './use-keys.ts'

/** At the edge of what is encoded, with this much left, it waits for the encoder. Seconds. */
const edgeSeconds = 1

/** What lies over the picture: the poster, a large button, waiting, what went wrong. */
export function Overlay({ film, notice }: { readonly film: Film; readonly notice: Notice | null }) {
  const player = usePlayer()
  const hasStarted = usePlayerState((state) => state.hasStarted)
  const isPaused = usePlayerState((state) => state.isPaused)
  const isEnded = usePlayerState((state) => state.isEnded)
  const failure = usePlayerState((state) => state.failure)
  const isIdle = film.url !== null && failure === null && isPaused
  return (
    <>
      {film.poster && !hasStarted ? (
        <img className={styles['poster']} src={film.poster} alt="" />
      ) : null}
      <Waiting />
      {isIdle && (!hasStarted || isEnded) ? (
        <button
          type="button"
          className={styles['large']}
          aria-label={isEnded ? 'Play again' : 'Play'}
          onClick={() => player.play()}
        >
          {isEnded ? <RotateCcw /> : <Play className={styles['play']} />}
        </button>
      ) : null}
      {failure ? (
        <div className={styles['failure']} role="alert">
          <p className={styles['title']}>{failure.title}</p>
          <p>{failure.detail}</p>
          <Button icon={<RotateCcw />} onClick={() => player.restart()}>
            Try again
          </Button>
          <p className={styles['code']}>{failure.code}</p>
        </div>
      ) : null}
      <div className={styles['notice']} role="status">
        {notice ? (
          <span key={notice.id} className={styles['said']}>
            {notice.text}
          </span>
        ) : null}
      </div>
    </>
  )
}

function Waiting() {
  const isWaiting = usePlayerState((state) => state.isWaiting)
  const isAtEdge = usePlayerState(
    ({ isGrowing, seconds, availableSeconds }) =>
      isGrowing && availableSeconds > 0 && availableSeconds - seconds < edgeSeconds,
  )
  if (!isWaiting) return null
  return (
    <div className={styles['waiting']} role="status">
      <span className={styles['ring']} aria-hidden="true" />
      <span className={isAtEdge ? styles['why'] : 'hidden-text'}>
        {isAtEdge ? 'The next part is being encoded' : 'Loading'}
      </span>
    </div>
  )
}
