import { Plus } from 'lucide-react'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { usualQualities } from './codec-words.ts'
import { type DraftValue, rungsOf } from './draft-value.ts'
import styles from './editor.module.css'
import { RungRow } from './rung-row.tsx'
import type { Draft } from './use-draft.ts'
import type { Preview } from './use-profiles.ts'
import { useRows } from './use-rows.ts'

/** The rows of the ladder; what is special of them for the source of the preview stands below each. */
export function LadderEditor({
  draft,
  judged,
}: {
  readonly draft: Draft
  readonly judged: Preview['rungs']
}) {
  const rungs = rungsOf(draft.value)
  const { list, add, move, remove } = useRows(draft)
  const isJudged = judged.length === rungs.length
  return (
    <Card
      title="Ladder"
      actions={
        <Button
          size="small"
          icon={<Plus />}
          disabled={rungs.length >= 16}
          onClick={() => add(nextRung(rungs))}
        >
          Add a row
        </Button>
      }
    >
      {rungs.length === 0 ? (
        <p className={styles['soft']}>No pictures: videos become sound alone.</p>
      ) : (
        <>
          <div className={styles['rungHead']} aria-hidden="true">
            <span>Height</span>
            <span>Codec</span>
            <span>Quality</span>
            <span title="At most, in kbit/s">Cap, kbit/s</span>
            <span>Speed</span>
          </div>
          <ol ref={list} className={styles['rungs']}>
            {rungs.map((rung, index) => (
              <RungRow
                // A row is its place: what it holds changes.
                // oxlint-disable-next-line react/no-array-index-key
                key={index}
                rung={rung}
                index={index}
                isLast={index === rungs.length - 1}
                judged={isJudged ? judged[index] : undefined}
                onMove={move}
                onRemove={remove}
              />
            ))}
          </ol>
        </>
      )}
    </Card>
  )
}

/** Two thirds of the last row, in even pixels, as good as that. */
function nextRung(rungs: readonly DraftValue[]): DraftValue {
  const last = rungs.at(-1)
  if (!last) return { height: 720, codec: 'h264', crf: usualQualities['h264'], maxrateKbps: 3000 }
  const height = Math.max(2, Math.round((Number(last['height']) || 720) / 3) * 2)
  const maxrateKbps = Math.max(16, Math.round((Number(last['maxrateKbps']) || 3000) / 20) * 10)
  return { ...last, height, maxrateKbps }
}
