import type { Video } from '../../../api/client.ts'
import { Card } from '../../../ui/card.tsx'
import { Facts } from '../../../ui/facts.tsx'
import { TimeAgo } from '../../../ui/time-ago.tsx'
import { formatBytes } from '../../../words/amounts.ts'
import { formatTaken } from '../../../words/times.ts'
import styles from './detail.module.css'

/** Whose a video is, when it came, and what it cost. */
export function AboutCard({ video }: { readonly video: Video }) {
  const { id, owner, visibility, profile, externalId, webhookUrl, metadata, cost } = video
  const { createdAt, playableAt, publishedAt } = video
  const noted = Object.keys(metadata).length > 0 ? JSON.stringify(metadata, null, 2) : null
  return (
    <Card title="About">
      <Facts
        facts={[
          ['Id', <code key="id">{id}</code>],
          ['Owner', owner?.name ?? 'nobody in particular'],
          ['Visibility', visibility],
          ['Profile', profile],
          ['Created', <TimeAgo key="created" at={createdAt} />],
          ['Playable', playableAt && <Since key="playable" at={playableAt} from={createdAt} />],
          ['Published', publishedAt && <Since key="published" at={publishedAt} from={createdAt} />],
          ['Processor time', cost.cpuSeconds > 0 ? formatTaken(cost.cpuSeconds) : null],
          ['Most memory', cost.peakMemoryBytes > 0 ? formatBytes(cost.peakMemoryBytes) : null],
          ['External id', externalId],
          ['Webhook', webhookUrl],
          ['Metadata', noted && <pre className={styles['json']}>{noted}</pre>],
        ]}
      />
    </Card>
  )
}

function Since({ at, from }: { readonly at: string; readonly from: string }) {
  const seconds = (Date.parse(at) - Date.parse(from)) / 1000
  return (
    <>
      <TimeAgo at={at} />
      {seconds > 0 ? (
        <span className={styles['soft']}> · {formatTaken(seconds)} after it was created</span>
      ) : null}
    </>
  )
}
