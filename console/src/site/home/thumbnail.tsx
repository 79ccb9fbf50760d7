import { Clapperboard, TriangleAlert } from 'lucide-react'
import type { Video } from '../../api/client.ts'
import { mediaHere } from '../../api/media-here.ts'
import { classNames } from '../../ui/class-names.ts'
import { Progress } from '../../ui/progress.tsx'
import { formatShare } from '../../words/amounts.ts'
import { formatClock } from '../../words/times.ts'
import { isUnderWay, videoStates } from '../../words/video-states.ts'
import styles from './thumbnail.module.css'

/** The picture of a video: how long it is, and while it is made, how far that is. */
export function Thumbnail({ video }: { readonly video: Video }) {
  const { state, progress, playable, source, urls } = video
  const isBroken = state === 'failed' && !playable
  const seconds = source.durationSeconds
  return (
    <div className={classNames(styles['frame'], isBroken && styles['bad'])}>
      {urls.thumbnail === null ? (
        <Blank video={video} />
      ) : (
        <img
          className={styles['picture']}
          src={mediaHere(urls.thumbnail, video.id)}
          alt=""
          loading="lazy"
          decoding="async"
        />
      )}
      {isUnderWay(state) ? (
        <>
          <span className={styles['mark']}>{markOf(video)}</span>
          <div className={styles['progress']}>
            <Progress value={progress} label={`Progress of ${video.name}`} thin />
          </div>
        </>
      ) : null}
      {typeof seconds === 'number' && !isBroken ? (
        <span className={styles['length']}>{formatClock(seconds)}</span>
      ) : null}
    </div>
  )
}

function markOf({ state, progress, playable }: Video): string {
  const { word } = videoStates[state]
  const text = progress > 0 ? `${word} ${formatShare(progress)}` : word
  return playable ? `${text} · plays already` : text
}

function Blank({ video: { state, error } }: { readonly video: Video }) {
  if (state === 'failed') {
    return (
      <div className={styles['blank']}>
        <TriangleAlert aria-hidden="true" />
        <span className={styles['reason']}>{error?.message ?? videoStates.failed.sentence}</span>
      </div>
    )
  }
  return (
    <div className={styles['blank']}>
      <Clapperboard aria-hidden="true" />
      {state === 'cancelled' ? videoStates.cancelled.sentence : null}
    </div>
  )
}
