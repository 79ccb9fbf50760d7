import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { Button, IconButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { codecs, presets, usualPresets, usualQualities } from './codec-words.ts'
import { ChoiceInDraft, NumberInDraft } from './draft-fields.tsx'
import { type DraftValue, moveEntry, rungsOf, withRungs } from './draft-value.ts'
import styles from './editor.module.css'
import type { Draft } from './use-draft.ts'
import type { Preview } from './use-profiles.ts'

type Judged = Preview['rungs'][number]

/** The rows of the ladder; what each gives for the source of the preview stands at its end. */
export function LadderEditor({
  draft,
  judged,
}: {
  readonly draft: Draft
  readonly judged: readonly Judged[]
}) {
  const rungs = rungsOf(draft.value)
  const list = useRef<HTMLOListElement>(null)
  const focus = useRef<{ readonly row: number; readonly part: string } | null>(null)
  useEffect(() => {
    if (!focus.current) return
    const { row, part } = focus.current
    focus.current = null
    const place = list.current?.children[row]
    const wanted = place?.querySelector<HTMLElement>(`[data-part="${part}"]:not(:disabled)`)
    ;(wanted ?? place?.querySelector<HTMLElement>('input'))?.focus()
  })
  const change = (next: readonly DraftValue[], row: number, part = 'field') => {
    focus.current = { row, part }
    draft.setValue((last) => withRungs(last, next))
  }
  const move = (from: number, to: number, part: string) => {
    if (to < 0 || to >= rungs.length) return
    change(moveEntry(rungs, from, to), to, part)
  }
  const moveByKey = (event: KeyboardEvent, index: number) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key]
    if (!event.altKey || by === undefined) return
    event.preventDefault()
    move(index, index + by, by < 0 ? 'up' : 'down')
  }
  return (
    <Card
      title="Ladder"
      actions={
        <Button
          size="small"
          icon={<Plus />}
          disabled={rungs.length >= 16}
          onClick={() => change([...rungs, nextRung(rungs)], rungs.length)}
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
            <span>Quality (CRF)</span>
            <span>Cap, kbit/s</span>
            <span>Speed</span>
          </div>
          <ol ref={list} className={styles['rungs']}>
            {rungs.map((rung, index) => (
              // A row is its place: what it holds changes.
              // oxlint-disable-next-line react/no-array-index-key, jsx-a11y/no-noninteractive-element-interactions
              <li
                key={index}
                className={styles['rung']}
                onKeyDown={(event) => moveByKey(event, index)}
              >
                <RungFields index={index} codec={String(rung['codec'] ?? 'h264')} />
                <div className={styles['rungActions']}>
                  <IconButton
                    size="small"
                    data-part="up"
                    label={`Move row ${index + 1} up`}
                    disabled={index === 0}
                    onClick={() => move(index, index - 1, 'up')}
                  >
                    <ArrowUp />
                  </IconButton>
                  <IconButton
                    size="small"
                    data-part="down"
                    label={`Move row ${index + 1} down`}
                    disabled={index === rungs.length - 1}
                    onClick={() => move(index, index + 1, 'down')}
                  >
                    <ArrowDown />
                  </IconButton>
                  <IconButton
                    size="small"
                    data-part="remove"
                    label={`Remove row ${index + 1}`}
                    onClick={() =>
                      change(rungs.toSpliced(index, 1), Math.min(index, rungs.length - 2), 'remove')
                    }
                  >
                    <Trash2 />
                  </IconButton>
                </div>
                <Outcome judged={judged.length === rungs.length ? judged[index] : undefined} />
              </li>
            ))}
          </ol>
        </>
      )}
    </Card>
  )
}

function RungFields({ index, codec }: { readonly index: number; readonly codec: string }) {
  const at = (field: string) => ['video', index, field] as const
  const label = (words: string) => `${words}, row ${index + 1}`
  return (
    <>
      <NumberInDraft path={at('height')} label={label('Height')} labelHidden min={2} />
      <ChoiceInDraft
        path={at('codec')}
        label={label('Codec')}
        labelHidden
        choices={codecs}
        standard="h264"
      />
      <NumberInDraft path={at('crf')} label={label('Quality')} labelHidden step={1} min={0} />
      <NumberInDraft
        path={at('maxrateKbps')}
        label={label('Cap in kbit/s')}
        labelHidden
        step={50}
        min={16}
      />
      <ChoiceInDraft
        path={at('preset')}
        label={label('Speed')}
        labelHidden
        choices={presets[codec] ?? []}
        standard={usualPresets[codec] ?? ''}
      />
    </>
  )
}

const reasons = {
  above_source: 'Nothing for this source: it is not larger than a smaller row.',
  too_similar: 'Nothing for this source: the next larger row is almost the same.',
} as const

function Outcome({ judged }: { readonly judged: Judged | undefined }) {
  if (!judged) return null
  const { rendition, reason } = judged
  return (
    <p className={styles['outcome']}>
      {reason ? reasons[reason] : rendition ? `Gives ${rendition}` : null}
    </p>
  )
}

/** Two thirds of the smallest row, in even pixels, as good as that. */
function nextRung(rungs: readonly DraftValue[]): DraftValue {
  const last = rungs.at(-1)
  if (!last) return { height: 720, codec: 'h264', crf: usualQualities['h264'], maxrateKbps: 3000 }
  const height = Math.max(2, Math.round((Number(last['height']) || 720) / 3) * 2)
  const maxrateKbps = Math.max(16, Math.round((Number(last['maxrateKbps']) || 3000) / 20) * 10)
  return { ...last, height, maxrateKbps }
}
