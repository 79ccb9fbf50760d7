import { PageHead } from '../../ui/page-head.tsx'
import { Failure, Skeleton } from '../../ui/states.tsx'
import { Checks } from './checks.tsx'
import { DatabaseCard } from './database-card.tsx'
import { EncodersCard } from './encoders-card.tsx'
import { ServersCard } from './servers-card.tsx'
import { SettingsCard } from './settings-card.tsx'
import { StorageCard } from './storage-card.tsx'
import { StoredCourse } from './stored-course.tsx'
import { SweepCard } from './sweep-card.tsx'
import styles from './system.module.css'
import { type System, useSystem } from './system-query.ts'

/** What the installation stands on: checks, storage, database, servers, settings. */
export default function SystemPage() {
  const { data, isError, error, refetch } = useSystem()
  return (
    <>
      <PageHead
        title="Storage and health"
        text={data ? describeVersions(data) : <Skeleton width="20rem" />}
      />
      {isError && !data ? <Failure error={error} onRetry={() => void refetch()} /> : null}
      {!data && !isError ? <Skeleton height="24rem" /> : null}
      {data ? (
        <div className={styles['page']}>
          <Checks checks={data.checks} />
          <div className={styles['columns']}>
            <StorageCard system={data} />
            <StoredCourse />
            <SweepCard system={data} />
            <DatabaseCard database={data.database} />
          </div>
          <ServersCard servers={data.servers} />
          <EncodersCard encoders={data.encoders} />
          <SettingsCard settings={data.settings} />
        </div>
      ) : null}
    </>
  )
}

function describeVersions({ versions }: System): string {
  const ffmpeg = versions.ffmpeg === null ? 'no ffmpeg' : `ffmpeg ${versions.ffmpeg}`
  const { reelmill, node, postgres } = versions
  return `Reelmill ${reelmill}, Node ${node}, PostgreSQL ${postgres}, ${ffmpeg}`
}
