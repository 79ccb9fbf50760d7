import { Badge } from '../../ui/badge.tsx'
import { Card } from '../../ui/card.tsx'
import { countOf } from '../../words/amounts.ts'
import styles from './encoders-card.module.css'
import type { System } from './system-query.ts'

/** Of codecs that profiles order; ffmpeg has some two hundred others. */
const isWellKnown = /26[45]$|^(h264|hevc|av1)_|svtav1|aom-av1|rav1e|vp9|^aac$|opus|^flac$/

/** What the runners that are online can encode, and how many of them. */
export function EncodersCard({ encoders }: { readonly encoders: System['encoders'] }) {
  const known = encoders.filter(({ name }) => isWellKnown.test(name))
  const others = encoders.filter(({ name }) => !isWellKnown.test(name))
  return (
    <Card title="Encoders of the runners online">
      {encoders.length === 0 ? (
        <p className={styles['none']}>No runner that is online has told its encoders.</p>
      ) : null}
      <List encoders={known} />
      {others.length > 0 ? (
        <details className={styles['others']}>
          <summary>{others.length} others</summary>
          <List encoders={others} />
        </details>
      ) : null}
    </Card>
  )
}

function List({ encoders }: { readonly encoders: System['encoders'] }) {
  return (
    <ul className={styles['encoders']}>
      {encoders.map(({ name, runners }) => (
        <li key={name}>
          <Badge title={countOf(runners, 'runner')}>
            {name} × {runners}
          </Badge>
        </li>
      ))}
    </ul>
  )
}
