import { Card } from '../../ui/card.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Progress } from '../../ui/progress.tsx'
import { Shares } from '../../ui/shares.tsx'
import { formatBytes, formatShare } from '../../words/amounts.ts'
import styles from './storage-card.module.css'
import type { System } from './system-query.ts'

const drivers = { fs: 'Files on this machine', s3: 'S3 bucket', memory: 'Memory, for trials' }

const kinds = [
  ['sources', 'Sources', 'accent'],
  ['tracks', 'Streams', 'info'],
  ['wholeFiles', 'Whole files', 'good'],
  ['extras', 'Transcripts and storyboards', 'warn'],
  ['attachments', 'Added pictures and subtitles', 'neutral'],
] as const

/** What is kept, by kind, and how much room is left. */
export function StorageCard({ system }: { readonly system: System }) {
  const { storage, disk } = system
  const { bytes } = storage
  return (
    <Card title="Storage" actions={<strong>{formatBytes(bytes.total)}</strong>}>
      <div className={styles['parts']}>
        <Shares
          label="Stored, by kind"
          shares={kinds.map(([kind, name, tone]) => ({
            name,
            amount: bytes[kind],
            text: formatBytes(bytes[kind]),
            tone,
          }))}
        />
        {disk ? <Disk disk={disk} /> : null}
        <Facts
          facts={[
            ['Kept in', drivers[storage.driver]],
            ['Place', storage.place === null ? null : <code>{storage.place}</code>],
          ]}
        />
      </div>
    </Card>
  )
}

function Disk({ disk }: { readonly disk: NonNullable<System['disk']> }) {
  const { freeBytes, totalBytes } = disk
  const used = totalBytes > 0 ? 1 - freeBytes / totalBytes : 0
  const tone = freeBytes < 5e8 ? 'bad' : freeBytes < 5e9 ? 'warn' : 'info'
  return (
    <div className={styles['disk']}>
      <div className={styles['words']}>
        <span>Disk of DATA_DIR, {formatShare(used)} used</span>
        <span>
          {formatBytes(freeBytes)} of {formatBytes(totalBytes)} free
        </span>
      </div>
      <Progress value={used} label="Disk used" tone={tone} thin />
    </div>
  )
}
