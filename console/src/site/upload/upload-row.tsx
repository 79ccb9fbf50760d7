import { CircleCheck, FileVideo } from 'lucide-react'
import { TextField } from '../../ui/field.tsx'
import { Progress } from '../../ui/progress.tsx'
import { formatBitRate, formatBytes, formatShare } from '../../words/amounts.ts'
import { formatTaken } from '../../words/times.ts'
import { RowButtons } from './row-buttons.tsx'
import styles from './upload.module.css'
import type { Upload } from './upload.ts'
import { useQueue } from './uploads-provider.tsx'

/** A file on its way: its title, how far it is, and what can be done with it. */
export function UploadRow({ upload }: { readonly upload: Upload }) {
  const { id, fileName, sizeBytes, title, phase, sentBytes } = upload
  const withQueue = useQueue()
  const isDone = phase === 'done'
  return (
    <li className={styles['row']} data-phase={phase}>
      <div className={styles['mark']} aria-hidden="true">
        {isDone ? <CircleCheck className={styles['good']} /> : <FileVideo />}
      </div>
      <div className={styles['words']}>
        <TextField
          label={`Title of ${fileName}`}
          labelHidden
          required
          maxLength={500}
          placeholder="Title"
          value={title}
          onInput={(event) => {
            const { value } = event.currentTarget
            withQueue((queue) => queue.setTitle(id, value))
          }}
          onBlur={() => withQueue((queue) => queue.keepTitle(id))}
        />
        {phase === 'waiting' ? null : (
          <Progress
            value={sizeBytes === 0 ? 0 : sentBytes / sizeBytes}
            tone={toneOf(phase)}
            label={`Upload of ${fileName}`}
          />
        )}
        <p className={styles['said']}>
          <span className={styles['file']}>{fileName}</span>
          <Said upload={upload} />
        </p>
      </div>
      <RowButtons upload={upload} />
    </li>
  )
}

function toneOf(phase: Upload['phase']) {
  if (phase === 'done') return 'good'
  if (phase === 'failed') return 'bad'
  return phase === 'cut' || phase === 'lost' ? 'warn' : 'info'
}

const sentences = {
  paused: 'Paused',
  cut: 'The connection is gone; it goes on by itself.',
  lost: 'Choose this file again: the browser has not kept it. It goes on where it was.',
  done: 'Uploaded',
} as const

function Said({ upload }: { readonly upload: Upload }) {
  const { phase, sizeBytes, sentBytes, problem } = upload
  const size = formatBytes(sizeBytes)
  if (phase === 'waiting' || phase === 'done') {
    return <span>{phase === 'done' ? `${sentences.done} · ${size}` : size}</span>
  }
  const share = formatShare(sizeBytes === 0 ? 0 : sentBytes / sizeBytes)
  if (phase === 'sending')
    return <span>{[`${share} of ${size}`, ...paceOf(upload)].join(' · ')}</span>
  const sentence = phase === 'failed' ? (problem ?? 'It broke off.') : sentences[phase]
  return (
    <span className={phase === 'failed' ? styles['bad'] : undefined} role="status">
      {`${share} · ${sentence}`}
    </span>
  )
}

function paceOf({ bytesPerSecond, sizeBytes, sentBytes }: Upload): string[] {
  if (bytesPerSecond === null || bytesPerSecond < 1) return []
  const left = formatTaken(Math.ceil((sizeBytes - sentBytes) / bytesPerSecond))
  return [formatBitRate(bytesPerSecond * 8), `${left} left`]
}
