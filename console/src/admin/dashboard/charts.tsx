import { useMemo } from 'react'
import { Card } from '../../ui/card.tsx'
import { Chart } from '../../ui/chart/chart.tsx'
import type { ChartSeries } from '../../ui/chart/chart-series.ts'
import { Failure, Skeleton } from '../../ui/states.tsx'
import styles from './charts.module.css'
import type { History, HistoryPoint, useHistory } from './statistics-queries.ts'

interface Wanted {
  readonly title: string
  readonly isWhole: boolean
  readonly series: readonly (Omit<ChartSeries, 'values'> & {
    readonly read: (point: HistoryPoint, seconds: number) => number | null
  })[]
}

const charts: readonly Wanted[] = [
  {
    title: 'Jobs',
    isWhole: true,
    series: [
      { name: 'Waiting', tone: 'warn', shape: 'area', read: (point) => point.waitingJobs },
      { name: 'In hand', tone: 'info', shape: 'line', read: (point) => point.heldJobs },
    ],
  },
  {
    title: 'Slots of runners',
    isWhole: true,
    series: [
      { name: 'Online', tone: 'neutral', shape: 'steps', read: (point) => point.onlineSlots },
      { name: 'In use', tone: 'accent', shape: 'area', read: (point) => point.heldJobs },
    ],
  },
  {
    title: 'Frames encoded per second',
    isWhole: false,
    series: [
      {
        name: 'All renditions',
        tone: 'good',
        shape: 'area',
        read: ({ frames }, seconds) => frames / seconds,
      },
    ],
  },
  {
    title: 'Failures',
    isWhole: true,
    series: [
      { name: 'Tries of jobs', tone: 'warn', shape: 'bars', read: (point) => point.failedTries },
      { name: 'Videos', tone: 'bad', shape: 'bars', read: (point) => point.failedVideos },
    ],
  },
]

/** The course of things: what waits and is done, how busy runners are, how fast, and what fails. */
export function Charts({ history }: { readonly history: ReturnType<typeof useHistory> }) {
  const { data, isError, error, refetch } = history
  if (isError && !data) return <Failure error={error} onRetry={() => void refetch()} />
  return (
    <div className={styles['charts']}>
      {charts.map((wanted) => (
        <Card key={wanted.title} title={wanted.title}>
          {data ? <Course wanted={wanted} history={data} /> : <Skeleton height="12.5rem" />}
        </Card>
      ))}
    </div>
  )
}

function Course({ wanted, history }: { readonly wanted: Wanted; readonly history: History }) {
  const times = useMemo(
    () => history.points.map(({ at }) => Date.parse(at) / 1000),
    [history.points],
  )
  const series = useMemo(
    () =>
      wanted.series.map(({ read, ...about }) => ({
        ...about,
        values: history.points.map((point) => read(point, secondsOf(point, history))),
      })),
    [wanted, history],
  )
  return (
    <Chart
      label={wanted.title}
      times={times}
      series={series}
      isWhole={wanted.isWhole}
      group="dashboard"
    />
  )
}

/** How long a point is: the last one is not over yet. */
function secondsOf({ at }: HistoryPoint, { until, stepSeconds }: History): number {
  const sofarSeconds = (Date.parse(until) - Date.parse(at)) / 1000
  return Math.max(1, Math.min(stepSeconds, sofarSeconds))
}
