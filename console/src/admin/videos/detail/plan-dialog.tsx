import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { client, read, type Video } from '../../../api/client.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { SelectField } from '../../../ui/field.tsx'
import { Failure, Skeleton } from '../../../ui/states.tsx'
import { cells, Table } from '../../../ui/table.tsx'
import { countOf, formatBitRate, formatBytes } from '../../../words/amounts.ts'
import { formatClock } from '../../../words/times.ts'
import { useProfileNames } from '../use-profiles.ts'
import { outputBytesOf } from '../video-facts.ts'
import styles from './detail.module.css'

const fetchPlan = async (videoId: string, profile: string) => {
  const body = { videoId, profile }
  return (await read(client.POST('/api/v1/videos/plan', { body }))).outline
}

type Outline = Awaited<ReturnType<typeof fetchPlan>>

/** What another profile would make of a video's source; nothing is started. */
export function PlanDialog({
  video,
  open,
  onClose,
}: {
  readonly video: Video
  readonly open: boolean
  readonly onClose: () => void
}) {
  return (
    <Dialog
      open={open}
      onClose={onClose}
      size="large"
      foot={<Button onClick={onClose}>Close</Button>}
      title={`What would a profile make of “${video.name}”?`}
      description="It is planned for this source and the runners that are here now. Nothing is started or changed."
    >
      {open ? <Trial video={video} /> : null}
    </Dialog>
  )
}

function Trial({ video }: { readonly video: Video }) {
  const [profile, setProfile] = useState(video.profile)
  const known = useProfileNames()
  const names = known.includes(profile) ? known : [profile, ...known]
  const plan = useQuery({
    queryKey: ['plan', video.id, profile],
    queryFn: () => fetchPlan(video.id, profile),
    retry: false,
    placeholderData: (before) => before,
  })
  return (
    <>
      <SelectField
        label="Profile"
        value={profile}
        onChange={({ currentTarget }) => setProfile(currentTarget.value)}
      >
        {names.map((name) => (
          <option key={name} value={name}>
            {name === video.profile ? `${name} (its own)` : name}
          </option>
        ))}
      </SelectField>
      {plan.error ? (
        <Failure error={plan.error} />
      ) : plan.data ? (
        <OutlineView outline={plan.data} video={video} />
      ) : (
        <Skeleton height="14rem" />
      )}
    </>
  )
}

function OutlineView({ outline, video }: { readonly outline: Outline; readonly video: Video }) {
  const { renditions, chunks, jobs, durationSeconds, estimatedBytes } = outline
  const present = new Map(video.renditions.map((each) => [each.name, each.bytes]))
  return (
    <>
      <p className={styles['summary']}>
        {formatClock(durationSeconds)} in {countOf(renditions.length, 'rendition')},{' '}
        {countOf(chunks, 'chunk')} and {countOf(jobs, 'job')}
        {estimatedBytes === null ? '' : `; about ${formatBytes(estimatedBytes)}`}. There are{' '}
        {formatBytes(outputBytesOf(video))} now.
      </p>
      <Table label="Renditions that would be made">
        <thead>
          <tr>
            <th>Rendition</th>
            <th>Codec</th>
            <th className={cells.number}>Size</th>
            <th className={cells.number}>At most</th>
            <th className={cells.number}>About</th>
            <th className={cells.number}>Now</th>
          </tr>
        </thead>
        <tbody>
          {renditions.map(({ name, codec, width, height, maxrateBps, estimatedBytes: bytes }) => (
            <tr key={name}>
              <td>{name}</td>
              <td>{codec}</td>
              <td className={cells.number}>{width === null ? '–' : `${width} × ${height}`}</td>
              <td className={cells.number}>
                {maxrateBps === null ? '–' : formatBitRate(maxrateBps)}
              </td>
              <td className={cells.number}>{bytes === null ? '–' : formatBytes(bytes)}</td>
              <td className={cells.number}>
                {present.has(name) ? formatBytes(present.get(name) ?? 0) : '–'}
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </>
  )
}
