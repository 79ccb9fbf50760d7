import type { Video } from '../../../api/client.ts'
import { Card } from '../../../ui/card.tsx'
import { Progress } from '../../../ui/progress.tsx'
import { cells, Table } from '../../../ui/table.tsx'
import { formatBitRate, formatBytes, formatShare } from '../../../words/amounts.ts'
import { formatTaken } from '../../../words/times.ts'
import { useChunkMap } from '../chunk-map/chunk-map-query.ts'
import { outputBytesOf } from '../video-facts.ts'
import styles from './detail.module.css'

type Rendition = Video['renditions'][number]

/** The renditions of the latest version with what there is of them and what they cost. */
export function RenditionsCard({
  video,
  changedAt,
}: {
  readonly video: Video
  readonly changedAt: number
}) {
  // The same question as the chunk map's, so it is asked once.
  const { data: map } = useChunkMap(video.id, video.version, changedAt)
  const costs = new Map(map?.renditions.map(({ name, cpuSeconds }) => [name, cpuSeconds]))
  if (video.renditions.length === 0) {
    return (
      <Card title="Renditions">
        <p className={styles['soft']}>They are there once the video is planned.</p>
      </Card>
    )
  }
  return (
    <Card title="Renditions" flush>
      <Table label="Renditions">
        <thead>
          <tr>
            <th>Name</th>
            <th>Codec</th>
            <th className={cells.number}>Picture</th>
            <th>Progress</th>
            <th className={cells.number}>Size</th>
            <th className={cells.number}>Bit rate</th>
            <th className={cells.number}>Processor time</th>
          </tr>
        </thead>
        <tbody>
          {video.renditions.map((rendition) => (
            <RenditionRow
              key={rendition.name}
              rendition={rendition}
              cpuSeconds={costs.get(rendition.name) ?? null}
            />
          ))}
        </tbody>
        <tfoot>
          <tr className={styles['sum']}>
            <td colSpan={4}>All together</td>
            <td className={cells.number}>{formatBytes(outputBytesOf(video))}</td>
            <td className={cells.number}>–</td>
            <td className={cells.number}>{map ? formatTaken(map.totals.cpuSeconds) : '–'}</td>
          </tr>
        </tfoot>
      </Table>
    </Card>
  )
}

function RenditionRow({
  rendition,
  cpuSeconds,
}: {
  readonly rendition: Rendition
  readonly cpuSeconds: number | null
}) {
  const { name, codec, progress, bytes, averageBandwidth, bandwidth } = rendition
  return (
    <tr>
      <td className={cells.tight}>{name}</td>
      <td title={encoderOf(rendition)}>{codec}</td>
      <td className={cells.number}>{pictureOf(rendition)}</td>
      <td>
        <div className={styles['progress']}>
          <Progress
            value={progress}
            label={`Progress of ${name}`}
            tone={progress === 1 ? 'good' : 'info'}
            thin
          />
          <span>{formatShare(progress)}</span>
        </div>
      </td>
      <td className={cells.number}>{formatBytes(bytes)}</td>
      <td
        className={cells.number}
        title={bandwidth === null ? '' : `Highest: ${formatBitRate(bandwidth)}`}
      >
        {averageBandwidth === null ? '–' : formatBitRate(averageBandwidth)}
      </td>
      <td className={cells.number}>{cpuSeconds === null ? '–' : formatTaken(cpuSeconds)}</td>
    </tr>
  )
}

function pictureOf({ width, height, fps, channels, language }: Rendition): string {
  if (width === null) {
    const sound = channels === null ? null : (layouts[channels] ?? `${channels} channels`)
    return [language === 'und' ? null : language, sound].filter((each) => each !== null).join(', ')
  }
  return `${width} × ${height}${fps === null ? '' : `, ${Number(fps.toFixed(3))} fps`}`
}

/** Numbers of channels that have a name. */
const layouts: Readonly<Record<number, string>> = { 1: 'mono', 2: 'stereo', 6: '5.1' }

function encoderOf({ encoder }: Rendition): string {
  if (!encoder) return ''
  const { preset, crf, maxrateBps } = encoder
  return `${preset}, CRF ${crf}, at most ${formatBitRate(maxrateBps)}`
}
