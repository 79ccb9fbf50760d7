import { Link } from 'react-router'
import { Card } from '../../ui/card.tsx'
import type { ChartTone } from '../../ui/chart/chart-series.ts'
import { Shares } from '../../ui/shares.tsx'
import { Skeleton } from '../../ui/states.tsx'
import { countOf } from '../../words/amounts.ts'
import { videoStates } from '../../words/video-states.ts'
import type { Statistics } from './statistics-queries.ts'

const order = [
  'published',
  'uploading',
  'probing',
  'planning',
  'encoding',
  'packaging',
  'publishing',
  'failed',
  'cancelled',
] as const

const tones: Readonly<Partial<Record<(typeof order)[number], ChartTone>>> = {
  published: 'good',
  uploading: 'accent',
  failed: 'bad',
  cancelled: 'neutral',
}

/** Videos by their states; those that nobody is in are left out, but for published and failed. */
export function VideosByState({ statistics }: { readonly statistics: Statistics | undefined }) {
  if (!statistics)
    return (
      <Card title="Videos">
        <Skeleton height="6rem" />
      </Card>
    )
  const { byState, total, playable } = statistics.videos
  const shown = order.filter(
    (state) => byState[state] > 0 || state === 'published' || state === 'failed',
  )
  return (
    <Card
      title={countOf(total, 'video')}
      actions={<span>{playable.toLocaleString()} playable</span>}
    >
      <Shares
        label="Videos by state"
        shares={shown.map((state) => ({
          name: videoStates[state].word,
          amount: byState[state],
          text: <Link to={`/videos?state=${state}`}>{byState[state].toLocaleString()}</Link>,
          tone: tones[state] ?? 'info',
        }))}
      />
    </Card>
  )
}

const typeTones: readonly ChartTone[] = ['info', 'accent', 'warn', 'good', 'neutral']

/** Jobs that wait, by their types. */
export function JobsByType({ statistics }: { readonly statistics: Statistics | undefined }) {
  if (!statistics)
    return (
      <Card title="Waiting jobs">
        <Skeleton height="4rem" />
      </Card>
    )
  const { byState, pendingByType } = statistics.jobs
  const types = Object.entries(pendingByType)
  return (
    <Card
      title="Waiting jobs"
      actions={<Link to="/jobs?state=pending">{byState.pending.toLocaleString()}</Link>}
    >
      {types.length === 0 ? (
        <p>No job waits for a runner.</p>
      ) : (
        <Shares
          label="Waiting jobs by type"
          shares={types.map(([type, count], index) => ({
            name: type,
            amount: count,
            text: <Link to={`/jobs?state=pending&type=${type}`}>{count.toLocaleString()}</Link>,
            tone: typeTones[index % typeTones.length] ?? 'neutral',
          }))}
        />
      )}
    </Card>
  )
}
