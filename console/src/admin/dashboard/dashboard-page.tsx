import { useSearchParams } from 'react-router'
import { PageHead } from '../../ui/page-head.tsx'
import { Segments } from '../../ui/segments.tsx'
import { Failure } from '../../ui/states.tsx'
import { Charts } from './charts.tsx'
import styles from './dashboard.module.css'
import { FailureList } from './failure-list.tsx'
import { Figures } from './figures.tsx'
import { HealthBanner } from './health-banner.tsx'
import { ranges, readRange } from './history-range.ts'
import { JobsByType, VideosByState } from './parts-of-work.tsx'
import { useHistory, useStatistics } from './statistics-queries.ts'
import { UnderWay } from './under-way.tsx'

/** Whether the fleet is well, in one look; and if not, why, with the way there. */
export default function DashboardPage() {
  const [address, setAddress] = useSearchParams()
  const range = readRange(address.get('range'))
  const statistics = useStatistics()
  const history = useHistory(range)
  const choose = (next: string) =>
    setAddress(next === '24h' ? {} : { range: next }, { replace: true })
  return (
    <>
      <PageHead
        title="Dashboard"
        actions={<Segments label="Time shown" value={range} choices={ranges} onChange={choose} />}
      />
      {statistics.isError && !statistics.data ? (
        <Failure error={statistics.error} onRetry={() => void statistics.refetch()} />
      ) : (
        <div className={styles['page']}>
          <HealthBanner statistics={statistics.data} />
          <Figures statistics={statistics.data} points={history.data?.points ?? []} />
          <Charts history={history} />
          <div className={styles['columns']}>
            <UnderWay statistics={statistics.data} />
            <div className={styles['stack']}>
              <VideosByState statistics={statistics.data} />
              <JobsByType statistics={statistics.data} />
            </div>
          </div>
          <FailureList statistics={statistics.data} />
        </div>
      )}
    </>
  )
}
