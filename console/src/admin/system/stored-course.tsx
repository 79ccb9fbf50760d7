import { useMemo } from 'react'
import { Card } from '../../ui/card.tsx'
import { Chart } from '../../ui/chart/chart.tsx'
import { Failure, Skeleton } from '../../ui/states.tsx'
import { formatBytes } from '../../words/amounts.ts'
import { useHistory } from '../dashboard/statistics-queries.ts'

/** How much was kept in the last month. */
export function StoredCourse() {
  const { data, isError, error, refetch } = useHistory('30d')
  const points = data?.points
  const times = useMemo(() => points?.map(({ at }) => Date.parse(at) / 1000) ?? [], [points])
  const series = useMemo(
    () => [
      {
        name: 'Made',
        tone: 'info' as const,
        shape: 'area' as const,
        values: points?.map(({ outputBytes }) => outputBytes) ?? [],
      },
      {
        name: 'Sources',
        tone: 'accent' as const,
        shape: 'line' as const,
        values: points?.map(({ sourceBytes }) => sourceBytes) ?? [],
      },
    ],
    [points],
  )
  return (
    <Card title="Stored in the last 30 days">
      {isError && !data ? <Failure error={error} onRetry={() => void refetch()} /> : null}
      {!data && !isError ? <Skeleton height="16rem" /> : null}
      {data ? (
        <Chart
          label="Stored in the last 30 days"
          times={times}
          series={series}
          format={formatBytes}
          height={200}
        />
      ) : null}
    </Card>
  )
}
