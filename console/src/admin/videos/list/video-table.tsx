import type { Video } from '../../../api/client.ts'
import { cells, Table } from '../../../ui/table.tsx'
import type { Selection } from './use-selection.ts'
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
  const { ids, choose, chooseAll } = selection
  const isAll = videos.length > 0 && ids.size === videos.length
  return (
    <Table label="Videos" className={styles['table']}>
      <thead>
        <tr>
          <th className={cells.tight}>
            <input
              type="checkbox"
              aria-label="Choose all that are listed"
              className={styles['check']}
              checked={isAll}
              ref={(box) => {
                if (box) box.indeterminate = ids.size > 0 && !isAll
              }}
              onChange={({ currentTarget }) => chooseAll(currentTarget.checked)}
            />
          </th>
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
