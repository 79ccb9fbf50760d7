import { Card } from '../../ui/card.tsx'
import { Facts } from '../../ui/facts.tsx'
import { SelectField } from '../../ui/field.tsx'
import { Banner, Failure, Skeleton } from '../../ui/states.tsx'
import { cells, Table } from '../../ui/table.tsx'
import { countOf, formatBitRate, formatBytes } from '../../words/amounts.ts'
import { formatClock, formatTaken } from '../../words/times.ts'
import { codecNames } from './codec-words.ts'
import styles from './preview.module.css'
import { nameField } from './profile-words.ts'
import { samples, useRecentVideos } from './sources.ts'
import { capitalize } from './use-draft.ts'
import type { FieldProblem, JudgedEdit, Preview } from './use-profiles.ts'

/** What the draft gives for a source, kept true while it is edited. */
export function PreviewCard({
  chosen,
  choose,
  judged,
  error,
  isStale,
}: {
  readonly chosen: string
  readonly choose: (source: string) => void
  readonly judged: JudgedEdit | undefined
  readonly error: unknown
  /** The answer is of an earlier draft, the next one is on its way. */
  readonly isStale: boolean
}) {
  return (
    <Card title="What it gives" actions={<SourceField chosen={chosen} onChoose={choose} />}>
      <div aria-live="polite" aria-busy={isStale} className={styles['body']}>
        {judged ? (
          <Judgement {...judged} />
        ) : error ? (
          <Failure error={error} />
        ) : (
          <Skeleton height="18rem" />
        )}
      </div>
    </Card>
  )
}

function SourceField({
  chosen,
  onChoose,
}: {
  readonly chosen: string
  readonly onChoose: (source: string) => void
}) {
  const { data: videos = [] } = useRecentVideos()
  return (
    <SelectField
      label="For which source"
      labelHidden
      className={styles['source']}
      value={chosen}
      onChange={({ target }) => onChoose(target.value)}
    >
      <optgroup label="Samples">
        {Object.keys(samples).map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </optgroup>
      {videos.length > 0 ? (
        <optgroup label="Newest videos">
          {videos.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </optgroup>
      ) : null}
    </SelectField>
  )
}

function Judgement({ problems, preview }: JudgedEdit) {
  if (!preview) return <Problems problems={problems} />
  return (
    <>
      {preview.missingEncoders.length > 0 ? (
        <Banner tone="warn">
          No runner has {preview.missingEncoders.join(' and ')}: videos with this profile are
          refused until one comes that has.
        </Banner>
      ) : null}
      <Sums preview={preview} />
      <Renditions preview={preview} />
      <p className={styles['note']}>
        Sizes and processor time are estimates: what a film looks like changes them by a factor of
        two.
      </p>
    </>
  )
}

function Problems({ problems }: { readonly problems: readonly FieldProblem[] }) {
  return (
    <Banner tone="bad">
      <p>This cannot be saved yet:</p>
      <ul className={styles['problems']}>
        {problems.map(({ field, message }) => (
          <li key={field}>
            {field ? <strong>{nameField(field)}: </strong> : null}
            {capitalize(message)}
          </li>
        ))}
      </ul>
    </Banner>
  )
}

function Sums({ preview }: { readonly preview: Preview }) {
  const { durationSeconds, estimatedBytes, estimatedCpuSeconds, chunks, segments } = preview
  const { films, storyboard, framesPerSecond } = preview
  return (
    <Facts
      facts={[
        ['Length', formatClock(durationSeconds)],
        ['In the storage', estimatedBytes === null ? null : `about ${formatBytes(estimatedBytes)}`],
        [
          'Processor time',
          estimatedCpuSeconds === null
            ? null
            : `about ${formatTaken(estimatedCpuSeconds)} of a core`,
        ],
        ['Frames a second', framesPerSecond === null ? null : round(framesPerSecond)],
        [
          'Work',
          chunks > 0
            ? `${countOf(chunks, 'chunk')}, ${countOf(preview.jobs, 'job')}`
            : countOf(preview.jobs, 'job'),
        ],
        ['Segments of each', segments],
        [
          'Downloads',
          films
            .map(({ file, estimatedBytes: size }) => `${file}, about ${formatBytes(size)}`)
            .join('; ') || null,
        ],
        ['Storyboard', storyboard ? 'yes' : null],
      ]}
    />
  )
}

function Renditions({ preview: { renditions } }: { readonly preview: Preview }) {
  return (
    <Table label="Renditions" className={styles['table']}>
      <thead>
        <tr>
          <th>Rendition</th>
          <th>Codec</th>
          <th className={cells.number}>Cap</th>
          <th className={cells.number}>Size</th>
          <th className={cells.number}>Core</th>
        </tr>
      </thead>
      <tbody>
        {renditions.map((each) => (
          <RenditionRow key={each.name} rendition={each} />
        ))}
      </tbody>
    </Table>
  )
}

function RenditionRow({ rendition }: { readonly rendition: Preview['renditions'][number] }) {
  const { name, width, height, codec, level, maxrateBps } = rendition
  const { estimatedBytes, estimatedCpuSeconds } = rendition
  return (
    <tr>
      <td>
        {name}
        <p className={styles['second']}>{width === null ? 'sound' : `${width} × ${height}`}</p>
      </td>
      <td>
        {codecNames[codec] ?? codec}
        {level ? <p className={styles['second']}>level {level}</p> : null}
      </td>
      <td className={cells.number}>{maxrateBps === null ? '–' : formatBitRate(maxrateBps)}</td>
      <td className={cells.number}>
        {estimatedBytes === null ? '–' : formatBytes(estimatedBytes)}
      </td>
      <td className={cells.number}>
        {estimatedCpuSeconds === null ? '–' : formatTaken(estimatedCpuSeconds)}
      </td>
    </tr>
  )
}

function round(value: number): string {
  return String(Math.round(value * 1000) / 1000)
}
