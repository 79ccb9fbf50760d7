import { formatShare } from '../../../words/amounts.ts'
import { formatTaken } from '../../../words/times.ts'
import styles from './chunk-map.module.css'
import type { ChunkMap } from './chunk-map-query.ts'

/** The whole of a version in figures. */
export function MapFigures({ map: { totals, durationSeconds } }: { readonly map: ChunkMap }) {
  const { chunks, chunksDone, jobs, failures, cpuSeconds, wallSeconds } = totals
  const waiting = (jobs['pending'] ?? 0) + (jobs['waiting_for_parent'] ?? 0)
  const speed = speedOf(durationSeconds, wallSeconds, chunksDone === chunks && chunks > 0)
  const figures: readonly (readonly [string, string])[] = [
    [
      'Chunks',
      `${chunksDone} of ${chunks}${chunks > 0 ? ` · ${formatShare(chunksDone / chunks)}` : ''}`,
    ],
    ['Jobs in hand', String((jobs['processing'] ?? 0) + (jobs['completing'] ?? 0))],
    ['Jobs waiting', String(waiting)],
    ['Failed tries', String(failures)],
    ['Processor time', formatTaken(cpuSeconds)],
    ['Time', wallSeconds === null ? '–' : formatTaken(wallSeconds)],
    ...(speed === null ? [] : [['Speed', speed] as const]),
  ]
  return (
    <dl className={styles['figures']}>
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function speedOf(
  seconds: number | null,
  wallSeconds: number | null,
  isDone: boolean,
): string | null {
  if (!isDone || seconds === null || wallSeconds === null || wallSeconds === 0) return null
  return `${(seconds / wallSeconds).toFixed(1)} ×`
}
