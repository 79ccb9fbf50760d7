import type { Video } from '../../../api/client.ts'
import { ChooseAllCell } from '../../../ui/choose.tsx'
import { cells, Table } from '../../../ui/table.tsx'
import type { Selection } from '../../../ui/use-selection.ts'
import { VideoRow } from './video-row.tsx'
import styles from './video-table.module.css'

/** Videos, one a line, to choose from. */
export function VideoTable({
  videos,
  selection,
}: {
  readonly videos: readonly Video[]
  readonly selection: Selection
}) {
  const { ids, choose } = selection
  return (
    <Table label="Videos" className={styles['table']}>
      <thead>
        <tr>
          <ChooseAllCell selection={selection} total={videos.length} />
          <th className={cells.wide}>Name</th>
          <th>State</th>
          <th className={cells.roomy}>Owner</th>
          <th className={cells.number}>Length</th>
          <th className={cells.number}>Size</th>
          <th className={cells.roomy}>Profile</th>
          <th className={cells.number}>Created</th>
        </tr>
      </thead>
      <tbody>
        {videos.map((video) => (
          <VideoRow key={video.id} video={video} isChosen={ids.has(video.id)} onChoose={choose} />
        ))}
      </tbody>
    </Table>
  )
}
