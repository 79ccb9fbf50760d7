import { Link } from 'react-router'
import { Card } from '../../ui/card.tsx'
import { Progress } from '../../ui/progress.tsx'
import { StateBadge } from '../../ui/state-badge.tsx'
import { Empty, Skeleton } from '../../ui/states.tsx'
import { cells, Table } from '../../ui/table.tsx'
import { type Statistics, useProgress } from './statistics-queries.ts'

/** What is worked on now, with the counters of its jobs (D-92, U122). */
export function UnderWay({ statistics }: { readonly statistics: Statistics | undefined }) {
  const progress = useProgress()
  return (
    <Card title="Being worked on" flush>
      {statistics === undefined ? <Skeleton height="9rem" /> : null}
      {statistics?.underWay.length === 0 ? (
        <Empty title="Nothing is being worked on.">
          Videos appear here once they are uploaded.
        </Empty>
      ) : null}
      {statistics && statistics.underWay.length > 0 ? (
        <Table label="Videos that are worked on">
          <thead>
            <tr>
              <th scope="col">Video</th>
              <th scope="col">State</th>
              <th scope="col" className={cells.number} title="Jobs that are not over">
                To encode
              </th>
              <th scope="col" className={cells.number} title="Results that are being put in place">
                To place
              </th>
              <th scope="col" className={cells.number}>
                Done
              </th>
              <th scope="col">Runners</th>
            </tr>
          </thead>
          <tbody>
            {statistics.underWay.map((video) => (
              <Row key={video.id} video={video} progress={progress.get(video.id) ?? 0} />
            ))}
          </tbody>
        </Table>
      ) : null}
    </Card>
  )
}

function Row({
  video,
  progress,
}: {
  readonly video: Statistics['underWay'][number]
  readonly progress: number
}) {
  const { id, name, state, pendingTranscode, pendingMove, completed, runners } = video
  return (
    <tr>
      <td className={cells.wide}>
        <Link to={`/videos/${id}`}>{name}</Link>
        <Progress value={progress} label={`Progress of ${name}`} thin />
      </td>
      <td className={cells.tight}>
        <StateBadge video={{ state, progress }} />
      </td>
      <td className={cells.number}>{pendingTranscode}</td>
      <td className={cells.number}>{pendingMove}</td>
      <td className={cells.number}>{completed}</td>
      <td className={cells.tight} title={runners.join(', ')}>
        {runners.length === 0 ? '–' : (runners[0] ?? '')}
        {runners.length > 1 ? ` and ${runners.length - 1} more` : ''}
      </td>
    </tr>
  )
}
