import { Badge } from '../../ui/badge.tsx'
import { Card } from '../../ui/card.tsx'
import styles from './encoders-card.module.css'
import type { System } from './system-query.ts'

/** What the runners that are online can encode, and how many of them. */
export function EncodersCard({ encoders }: { readonly encoders: System['encoders'] }) {
  return (
    <Card title="Encoders of the runners online">
      {encoders.length === 0 ? (
        <p className={styles['none']}>No runner that is online has told its encoders.</p>
      ) : (
        <ul className={styles['encoders']}>
          {encoders.map(({ name, runners }) => (
            <li key={name}>
              <Badge title={`${runners} of the runners online`}>
                {name} × {runners}
              </Badge>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
