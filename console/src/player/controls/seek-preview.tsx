import { useLayoutEffect, useRef, useState } from 'react'
import { formatClock } from '../../words/times.ts'
import { findTile, type StoryboardTile } from '../storyboard.ts'
import { useStoryboard } from '../use-storyboard.ts'
import styles from './seek-preview.module.css'

/** Pixels on the page that a small picture is wide at most, and high. */
const most = { width: 176, height: 120 }

/** What is at a place of the seek bar: its picture and its time. */
export function SeekPreview({
  storyboard,
  seconds,
  share,
  isEncoded,
}: {
  readonly storyboard: string | null
  readonly seconds: number
  /** 0 to 1 of the bar. */
  readonly share: number
  readonly isEncoded: boolean
}) {
  const tile = findTile(useStoryboard(storyboard), seconds)
  const hasPicture = tile !== null
  const box = useRef<HTMLDivElement>(null)
  const [left, setLeft] = useState(0)
  useLayoutEffect(() => {
    const own = box.current?.offsetWidth ?? 0
    const bar = box.current?.parentElement?.offsetWidth ?? 0
    setLeft(Math.min(bar - own, Math.max(0, share * bar - own / 2)))
  }, [share, hasPicture, isEncoded])
  return (
    <div ref={box} className={styles['preview']} style={{ left }} aria-hidden="true" data-preview>
      {tile ? <Picture tile={tile} /> : null}
      <span className={styles['time']}>{formatClock(seconds)}</span>
      {isEncoded ? null : <span className={styles['time']}>not encoded yet</span>}
    </div>
  )
}

function Picture({ tile }: { readonly tile: StoryboardTile }) {
  const { url, x, y, width, height } = tile
  const scale = Math.min(most.width / width, most.height / height)
  return (
    <div className={styles['frame']} style={{ width: width * scale, height: height * scale }}>
      <div
        style={{
          width,
          height,
          backgroundImage: `url(${JSON.stringify(url)})`,
          backgroundPosition: `${-x}px ${-y}px`,
          transform: `scale(${scale})`,
          transformOrigin: '0 0',
        }}
      />
    </div>
  )
}
