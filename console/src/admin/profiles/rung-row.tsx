import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react'
import type { KeyboardEvent } from 'react'
import { IconButton } from '../../ui/button.tsx'
import { codecNames, codecs, presets, usualPresets } from './codec-words.ts'
import { ChoiceInDraft, NumberInDraft } from './draft-fields.tsx'
import type { DraftValue } from './draft-value.ts'
import styles from './editor.module.css'
import { codecOf } from './profile-words.ts'
import type { Preview } from './use-profiles.ts'
import type { RowPart } from './use-rows.ts'

interface RowProps {
  readonly rung: DraftValue
  readonly index: number
  readonly isLast: boolean
  readonly judged: Preview['rungs'][number] | undefined
  readonly onMove: (from: number, to: number, part: RowPart) => void
  readonly onRemove: (index: number) => void
}

/** A row of the ladder. Alt with an arrow moves it, from any of its fields. */
export function RungRow(props: RowProps) {
  const { rung, index, judged, onMove } = props
  const moveByKey = (event: KeyboardEvent) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key]
    if (!event.altKey || by === undefined) return
    event.preventDefault()
    onMove(index, index + by, by < 0 ? 'up' : 'down')
  }
  return (
    // The keys are a shorter way to its buttons.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <li className={styles['rung']} onKeyDown={moveByKey}>
      <RungFields index={index} codec={codecOf(rung)} />
      <RungActions {...props} />
      <Outcome height={rung['height']} judged={judged} />
    </li>
  )
}

function RungFields({ index, codec }: { readonly index: number; readonly codec: string }) {
  const at = (field: string, words: string) => ({
    path: ['video', index, field],
    label: `${words}, row ${index + 1}`,
    labelHidden: true,
  })
  return (
    <>
      <NumberInDraft {...at('height', 'Height')} min={2} />
      <ChoiceInDraft
        {...at('codec', 'Codec')}
        choices={codecs}
        names={codecNames}
        standard="h264"
      />
      <NumberInDraft {...at('crf', 'Quality')} min={0} />
      <NumberInDraft {...at('maxrateKbps', 'Cap')} step={50} min={16} />
      <ChoiceInDraft
        {...at('preset', 'Speed')}
        choices={presets[codec] ?? []}
        standard={usualPresets[codec] ?? ''}
      />
    </>
  )
}

function RungActions({ index, isLast, onMove, onRemove }: RowProps) {
  const row = index + 1
  return (
    <div className={styles['rungActions']}>
      <IconButton
        size="small"
        data-part="up"
        label={`Move row ${row} up`}
        disabled={index === 0}
        onClick={() => onMove(index, index - 1, 'up')}
      >
        <ArrowUp />
      </IconButton>
      <IconButton
        size="small"
        data-part="down"
        label={`Move row ${row} down`}
        disabled={isLast}
        onClick={() => onMove(index, index + 1, 'down')}
      >
        <ArrowDown />
      </IconButton>
      <IconButton
        size="small"
        data-part="remove"
        label={`Remove row ${row}`}
        onClick={() => onRemove(index)}
      >
        <Trash2 />
      </IconButton>
    </div>
  )
}

const reasons = {
  above_source: 'Nothing for this source: a smaller row holds all of it.',
  too_similar: 'Nothing for this source: the next larger row is almost the same.',
} as const

/** What a row gives, where that is not what its height says. */
function Outcome({
  height,
  judged,
}: {
  readonly height: unknown
  readonly judged: RowProps['judged']
}) {
  if (!judged) return null
  const { rendition, reason } = judged
  const isPlain = rendition === null || rendition.split('-')[0] === `${Number(height)}p`
  if (!reason && isPlain) return null
  return <p className={styles['outcome']}>{reason ? reasons[reason] : `Gives ${rendition}`}</p>
}
