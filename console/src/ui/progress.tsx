import type { Tone } from './badge.tsx'
import { classNames } from './class-names.ts'
import styles from './progress.module.css'
import tones from './tones.module.css'

/** A bar from 0 to 1; null: something goes on, nobody knows how far. */
export function Progress({
  value,
  label,
  tone = 'info',
  thin = false,
}: {
  readonly value: number | null
  /** What progresses, for screen readers. */
  readonly label: string
  readonly tone?: Tone
  readonly thin?: boolean
}) {
  const share = value === null ? null : Math.min(1, Math.max(0, value))
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={share === null ? undefined : Math.round(share * 100)}
      className={classNames(styles['track'], thin && styles['thin'])}
    >
      <div
        className={classNames(styles['bar'], tones[tone], share === null && styles['unknown'])}
        style={{ transform: `scaleX(${share ?? 1})` }}
      />
    </div>
  )
}
