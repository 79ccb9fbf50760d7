import type { ReactNode } from 'react'
import type { ChartTone } from '../../ui/chart/chart-series.ts'
import { Sparkline } from '../../ui/chart/sparkline.tsx'
import { Skeleton } from '../../ui/states.tsx'
import { countOf, formatBytes, formatShare } from '../../words/amounts.ts'
import { formatTaken } from '../../words/times.ts'
import styles from './figures.module.css'
import type { HistoryPoint, Statistics } from './statistics-queries.ts'

interface Figure {
  readonly name: string
  readonly value: ReactNode
  readonly text: string
  readonly tone: ChartTone
  readonly values: readonly (number | null)[]
}

/** The figures that an operator looks at first, each with its course (P-71, U101). */
export function Figures({
  statistics,
  points,
}: {
  readonly statistics: Statistics | undefined
  readonly points: readonly HistoryPoint[]
}) {
  const figures = statistics ? figuresOf(statistics, points) : names.map(emptyFigure)
  return (
    <dl className={styles['figures']}>
      {figures.map(({ name, value, text, tone, values }) => (
        <div key={name} className={styles['figure']}>
          <dt className={styles['name']}>{name}</dt>
          <dd className={styles['value']}>{value}</dd>
          <dd className={styles['text']}>{text}</dd>
          <dd className={styles['course']}>
            <Sparkline values={values} tone={tone} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

const names = [
  'Active jobs',
  'Runners online',
  'Saturation',
  'Published in 1 h',
  'Failed in 1 day',
  'Stored',
] as const

function emptyFigure(name: string): Figure {
  return { name, value: <Skeleton width="4rem" />, text: '\u00a0', tone: 'neutral', values: [] }
}

function figuresOf(statistics: Statistics, points: readonly HistoryPoint[]): Figure[] {
  const { jobs, runners, throughput, storedBytes } = statistics
  const { hour, day } = throughput
  const all: readonly Omit<Figure, 'name'>[] = [
    {
      value: jobs.active.toLocaleString(),
      text: describeWait(jobs),
      tone: 'info',
      values: points.map(({ waitingJobs, heldJobs }) => add(waitingJobs, heldJobs)),
    },
    {
      value: `${runners.online} of ${runners.total}`,
      text: describeRunners(runners.byState),
      tone: 'good',
      values: points.map(({ onlineRunners }) => onlineRunners),
    },
    {
      value: runners.saturation === null ? '–' : formatShare(runners.saturation),
      // Not “of”: sound is encoded beside what slots are for.
      text: `${countOf(runners.held, 'job')} on ${countOf(runners.slots, 'slot')}`,
      tone: 'accent',
      values: points.map(({ heldJobs, onlineSlots }) => divide(heldJobs, onlineSlots)),
    },
    {
      value: hour.publishedSeconds > 0 ? formatTaken(hour.publishedSeconds) : '0 s',
      text: `${countOf(hour.publishedVideos, 'video')}, ${countOf(hour.completedJobs, 'job')}, ${formatCount(hour.frames)} frames`,
      tone: 'good',
      values: points.map(({ publishedSeconds }) => publishedSeconds),
    },
    {
      value: countOf(day.failedVideos, 'video'),
      text: `${countOf(day.failedTries, 'failed try', 'failed tries')} of jobs`,
      tone: 'bad',
      values: points.map(({ failedTries, failedVideos }) => failedTries + failedVideos),
    },
    {
      value: formatBytes(storedBytes.total),
      text: `${formatBytes(storedBytes.sources)} of it sources`,
      tone: 'neutral',
      values: points.map(({ sourceBytes, outputBytes }) => add(sourceBytes, outputBytes)),
    },
  ]
  return all.map((figure, index) => ({ name: names[index] ?? '', ...figure }))
}

function describeWait({ byState, oldestWaitingSeconds }: Statistics['jobs']): string {
  if (byState.pending === 0) return 'none waits'
  const waiting = `${byState.pending.toLocaleString()} waiting`
  return oldestWaitingSeconds === null
    ? waiting
    : `${waiting}, the oldest ${formatTaken(oldestWaitingSeconds)}`
}

function describeRunners(byState: Statistics['runners']['byState']): string {
  const said = [
    [byState.draining, 'draining'],
    [byState.disabled, 'disabled'],
    [byState.set_aside, 'set aside'],
  ] as const
  const parts = said.flatMap(([count, word]) => (count > 0 ? [`${count} ${word}`] : []))
  return parts.length === 0 ? 'all may take jobs' : parts.join(', ')
}

function formatCount(count: number): string {
  return count.toLocaleString(undefined, { notation: 'compact', maximumFractionDigits: 1 })
}

function add(one: number | null, other: number | null): number | null {
  return one === null || other === null ? null : one + other
}

function divide(part: number | null, whole: number | null): number | null {
  return part === null || whole === null ? null : part / Math.max(1, whole)
}
