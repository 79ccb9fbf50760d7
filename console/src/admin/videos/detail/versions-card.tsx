import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { cells, Table } from '../../../ui/table.tsx'
import { TimeAgo } from '../../../ui/time-ago.tsx'
import { formatBytes } from '../../../words/amounts.ts'
import { formatTaken } from '../../../words/times.ts'
import { videoStates } from '../../../words/video-states.ts'
import styles from './detail.module.css'
import { useVersions, type Version } from './use-video.ts'

/** The versions of a video; the chunk map shows the chosen one. */
export function VersionsCard({
  id,
  shown,
  onShow,
}: {
  readonly id: string
  readonly shown: number
  readonly onShow: (version: number) => void
}) {
  const { data } = useVersions(id)
  if (!data) return null
  return (
    <Card title="Versions" flush>
      <Table label="Versions">
        <thead>
          <tr>
            <th>Version</th>
            <th>State</th>
            <th>Profile</th>
            <th className={cells.number}>Source</th>
            <th className={cells.number}>Output</th>
            <th className={cells.number}>Processor time</th>
            <th className={cells.number}>Created</th>
            <th>
              <span className="hidden-text">Chunk map</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {data.versions.map((version) => (
            <VersionRow
              key={version.number}
              version={version}
              isShown={version.number === shown}
              onShow={onShow}
            />
          ))}
        </tbody>
      </Table>
    </Card>
  )
}

function VersionRow({
  version,
  isShown,
  onShow,
}: {
  readonly version: Version
  readonly isShown: boolean
  readonly onShow: (version: number) => void
}) {
  const { number, state, isPublished, error, profile, source, outputBytes, cost } = version
  const { word, tone } = videoStates[state]
  return (
    <tr>
      <td className={cells.tight}>
        {number} {isPublished ? <span className={styles['soft']}>· shown to viewers</span> : null}
      </td>
      <td>
        <Badge tone={tone} {...(error ? { title: error.message } : {})}>
          {word}
        </Badge>
      </td>
      <td>{profile ?? '–'}</td>
      <td className={cells.number} title={source.filename ?? ''}>
        {source.sizeBytes === null ? '–' : formatBytes(source.sizeBytes)}
      </td>
      <td className={cells.number}>{formatBytes(outputBytes)}</td>
      <td className={cells.number}>{formatTaken(cost.cpuSeconds)}</td>
      <td className={cells.number}>
        <TimeAgo at={version.createdAt} />
      </td>
      <td className={cells.tight}>
        {isShown ? null : (
          <Button size="small" look="quiet" onClick={() => onShow(number)}>
            Show its chunks
          </Button>
        )}
      </td>
    </tr>
  )
}
