import type { Video } from '../../../api/client.ts'
import { Card } from '../../../ui/card.tsx'
import { Failure, Skeleton } from '../../../ui/states.tsx'
import { countOf } from '../../../words/amounts.ts'
import { isUnderWay } from '../../../words/video-states.ts'
import styles from './chunk-map.module.css'
import { ChunkMapView } from './chunk-map.tsx'
import { type ChunkMap, useChunkMap } from './chunk-map-query.ts'
import { JobLines } from './job-lines.tsx'
import { MapFigures } from './map-figures.tsx'

/** How far every chunk of a version is, live. */
export function ChunkMapCard({
  video,
  version,
  changedAt,
}: {
  readonly video: Video
  readonly version: number
  /** When the video last changed: the map is read again then. */
  readonly changedAt: number
}) {
  const { data: map, error, refetch } = useChunkMap(video.id, version, changedAt)
  const title = version === video.version ? 'Chunk map' : `Chunk map of version ${version}`
  return (
    <Card title={title}>
      {map ? (
        <div className={styles['content']}>
          {map.chunks.length > 0 ? (
            <>
              <MapFigures map={map} />
              <ChunkMapView map={map} />
            </>
          ) : (
            <p className={styles['soft']}>{whyEmpty(map)}</p>
          )}
          <OtherJobs map={map} />
        </div>
      ) : error ? (
        <Failure error={error} onRetry={() => void refetch()} />
      ) : (
        <Skeleton height="14rem" />
      )}
    </Card>
  )
}

function OtherJobs({ map: { chunks, sound, other } }: { readonly map: ChunkMap }) {
  const jobs = [...sound, ...other]
  if (jobs.length === 0) return null
  return (
    <details className={styles['others']} open={chunks.length === 0}>
      <summary>
        {sound.length > 0 ? 'Sound and other jobs' : 'Other jobs'} ({countOf(jobs.length, 'job')})
      </summary>
      <div>
        <JobLines jobs={jobs} />
      </div>
    </details>
  )
}

function whyEmpty({ state, sound, other }: ChunkMap): string {
  if (sound.length + other.length > 0) return 'This video is not cut into chunks.'
  if (isUnderWay(state)) return 'The chunks appear here as soon as the video is planned.'
  return 'It was never cut into chunks.'
}
