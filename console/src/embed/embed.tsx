import { addressOf } from '../api/root.ts'
import { parseStart } from '../player/clock.ts'
import { Instead } from '../player/instead.tsx'
import { toFilm } from '../player/to-film.ts'
import { VideoPlayer } from '../player/video-player.tsx'
import { useTitle } from '../ui/page-head.tsx'
import styles from './embed.module.css'
import { useFollowed } from './use-followed.ts'

/**
 * A video alone, in a frame of any site. `?t=1m30s` starts there, `?autoplay=1` by itself, `?muted=1`
 * without sound.
 */
export function Embed({ id }: { readonly id: string }) {
  const { video, problem } = useFollowed(id)
  useTitle(video?.name ?? '')
  const query = new URLSearchParams(location.search)
  if (problem) {
    return (
      <div className={styles['absent']} role="alert">
        <p className={styles['title']}>{problem.title}</p>
        <p>{problem.text}</p>
      </div>
    )
  }
  if (!video) return <div className={styles['absent']} aria-busy="true" />
  return (
    <VideoPlayer
      film={toFilm(video)}
      startSeconds={parseStart(query.get('t') ?? '') ?? 0}
      autoPlay={query.get('autoplay') === '1'}
      muted={query.get('muted') === '1'}
      isAlone
      instead={<Instead video={video} />}
      head={
        <a
          className={styles['name']}
          href={addressOf(`watch/${video.id}`)}
          target="_blank"
          rel="noopener"
        >
          {video.name}
        </a>
      }
    />
  )
}
