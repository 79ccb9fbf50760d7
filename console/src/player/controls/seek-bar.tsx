import { speakClock } from '../clock.ts'
import type { Film } from '../film.ts'
import styles from './seek-bar.module.css'
import { SeekPreview } from './seek-preview.tsx'
import { SeekRanges } from './seek-ranges.tsx'
import { useSeek } from './use-seek.ts'

/**
 * Where the video is, and how much of it there is: played, buffered, encoded so far. A range for
 * screen readers; the keys of the player move it.
 */
export function SeekBar({ film }: { readonly film: Film }) {
  const seek = useSeek(film)
  const { whole, shown, hoverAt, previewAt } = seek
  return (
    <div className={styles['seek']}>
      {previewAt === null ? null : (
        <SeekPreview
          storyboard={film.storyboard}
          seconds={previewAt}
          share={previewAt / whole}
          isEncoded={seek.isEncodedAt(previewAt)}
        />
      )}
      <div className={styles['track']} aria-hidden="true">
        <SeekRanges whole={whole} />
        {hoverAt === null ? null : (
          <div className={styles['ahead']} style={{ transform: `scaleX(${hoverAt / whole})` }} />
        )}
        <div className={styles['played']} style={{ transform: `scaleX(${shown / whole})` }} />
      </div>
      <div
        className={styles['knob']}
        style={{ left: `${(shown / whole) * 100}%` }}
        aria-hidden="true"
      />
      <input
        type="range"
        className={styles['range']}
        aria-label="Place in the video"
        aria-valuetext={`${speakClock(shown)} of ${speakClock(whole)}`}
        min={0}
        max={whole}
        step="any"
        value={shown}
        onInput={(event) => seek.drag(event.currentTarget.valueAsNumber)}
        onPointerUp={seek.drop}
        onPointerCancel={seek.drop}
        onKeyDown={() => seek.focus(true)}
        onKeyUp={seek.drop}
        onPointerMove={seek.follow}
        onPointerLeave={seek.leave}
        onFocus={(event) => seek.focus(event.currentTarget.matches(':focus-visible'))}
        onBlur={seek.blur}
      />
    </div>
  )
}
