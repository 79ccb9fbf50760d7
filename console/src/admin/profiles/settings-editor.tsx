import { Card } from '../../ui/card.tsx'
import { CheckField, SelectField } from '../../ui/field.tsx'
import { CheckInDraft, NumberInDraft, TextInDraft } from './draft-fields.tsx'
import { rungsOf } from './draft-value.ts'
import styles from './editor.module.css'
import { type Draft, useDraftField } from './use-draft.ts'

/** What a profile says beside its ladder. */
export function SettingsEditor({ draft }: { readonly draft: Draft }) {
  return (
    <>
      <TimeCard />
      <SoundCard />
      <Card title="Beside the streams">
        <div className={styles['stack']}>
          <CheckInDraft
            path={['storyboard']}
            label="Storyboard"
            hint="Small pictures for the seek bar, from key frames of the smallest rendition."
          />
          <FilmsField draft={draft} />
          <TextInDraft
            path={['prefix']}
            label="Folder of the output"
            placeholder="videos/{id}/{version}/"
            hint="Holds {id} and {version}, or {stamp}."
          />
        </div>
      </Card>
    </>
  )
}

function TimeCard() {
  const often = { standard: 2, step: 0.5, min: 0.5 }
  return (
    <Card title="Time">
      <div className={styles['fields']}>
        <NumberInDraft path={['gopSeconds']} label="Key frame every, in s" {...often} />
        <NumberInDraft
          path={['segmentSeconds']}
          label="Segment length, in s"
          {...often}
          standard={6}
        />
        <NumberInDraft
          path={['frameRateMax']}
          label="Frames a second, at most"
          standard={60}
          min={1}
        />
        <NumberInDraft
          path={['chunkSecondsMax']}
          label="Chunk length at most, in s"
          standard={60}
          min={1}
        />
      </div>
      <CheckInDraft
        path={['playableEarly']}
        label="Playable early"
        hint="The beginning comes first. Without it some work is saved, and the video starts later."
        standard
      />
    </Card>
  )
}

function SoundCard() {
  return (
    <Card title="Sound">
      <div className={styles['fields']}>
        <NumberInDraft
          path={['audio', 'bitRateKbps']}
          label="Rate of a track, in kbit/s"
          standard={128}
          step={16}
          min={16}
        />
        <NumberInDraft path={['audio', 'channels']} label="Channels" standard={2} min={1} />
      </div>
      <CheckInDraft
        path={['audio', 'normalizeLoudness']}
        label="Bring it to the same loudness"
        hint="−16 LUFS, as EBU R 128 measures it."
      />
    </Card>
  )
}

/** Which MP4s are made: none, of every rendition, or some by their names. */
function FilmsField({ draft }: { readonly draft: Draft }) {
  const { value, set, error } = useDraftField(['mp4'])
  const kind = Array.isArray(value) ? 'some' : value === true ? 'all' : 'none'
  const chosen: readonly unknown[] = Array.isArray(value) ? value : []
  const heights = rungsOf(draft.value).map(({ height }) => `${String(height)}p`)
  const names = [...new Set([...heights, ...chosen.map(String)])]
  const first = names.find((name) => name === '720p') ?? names[0] ?? '720p'
  const choose = (wanted: string) =>
    set(wanted === 'all' ? true : wanted === 'some' ? [first] : undefined)
  return (
    <div className={styles['stack']}>
      <SelectField
        label="MP4s to download"
        hint="Each takes about as much storage as its rendition."
        error={error}
        value={kind}
        onChange={({ target }) => choose(target.value)}
      >
        <option value="none">None</option>
        <option value="some">Of some renditions</option>
        <option value="all">Of every rendition</option>
      </SelectField>
      {kind === 'some' ? (
        <fieldset className={styles['films']}>
          <legend className="hidden-text">Renditions to download</legend>
          {names.map((name) => (
            <CheckField
              key={name}
              label={name}
              checked={chosen.includes(name)}
              onChange={({ target }) =>
                set(target.checked ? [...chosen, name] : chosen.filter((each) => each !== name))
              }
            />
          ))}
        </fieldset>
      ) : null}
    </div>
  )
}
