import { useMemo, useState } from 'react'
import { Link } from 'react-router'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Banner } from '../../ui/states.tsx'
import { countOf } from '../../words/amounts.ts'
import { TextInDraft } from './draft-fields.tsx'
import type { DraftValue } from './draft-value.ts'
import styles from './editor.module.css'
import { JsonCard } from './json-card.tsx'
import { LadderEditor } from './ladder-editor.tsx'
import { PreviewCard } from './preview-card.tsx'
import { ProfileMenu } from './profile-menu.tsx'
import { hiddenWords, originWords } from './profile-words.ts'
import { SaveDialog } from './save-dialog.tsx'
import { SettingsEditor } from './settings-editor.tsx'
import { samples } from './sources.ts'
import { DraftContext, useDraft } from './use-draft.ts'
import { useEditing } from './use-editing.ts'
import { type Profile, usePreview } from './use-profiles.ts'
import { useSettled } from './use-settled.ts'
import { VersionsCard } from './versions-card.tsx'

const firstSample = Object.keys(samples)[0] ?? ''
const calmMs = 250

/** A profile as a form, as JSON, and as what it gives. */
export function ProfileEditor({ profile }: { readonly profile: Profile }) {
  const editing = useEditing(profile)
  const draft = useDraft(editing.start)
  const [chosen, setChosen] = useState(firstSample)
  const [isSaving, setSaving] = useState(false)
  const settled = useSettled(draft.value, calmMs)
  const source = useMemo(() => {
    const sample = samples[chosen]
    return sample ? { source: sample } : { videoId: chosen }
  }, [chosen])
  const preview = usePreview(draft.textError === null ? settled : null, source)
  const problems = preview.data?.problems ?? []
  const isSettled = settled === draft.value && !preview.isFetching
  const isSound = draft.textError === null && isSettled && problems.length === 0
  const isWholeFiles = 'wholeFiles' in draft.value
  const save = async (note: string) => {
    const isSaved = await editing.save(draft.value, note)
    if (isSaved) {
      setSaving(false)
      draft.reset()
    }
    return isSaved
  }
  return (
    <DraftContext.Provider value={useMemo(() => ({ draft, problems }), [draft, problems])}>
      <PageHead
        title={profile.name}
        above={<Link to="/profiles">Profiles</Link>}
        text={<Words profile={profile} />}
        actions={
          <>
            <ProfileMenu profile={profile} />
            <Button disabled={!draft.isChanged && !draft.textError} onClick={draft.reset}>
              Discard changes
            </Button>
            <Button
              look="primary"
              disabled={!draft.isChanged || !isSound}
              onClick={() => setSaving(true)}
            >
              Save …
            </Button>
          </>
        }
      />
      {editing.isOutrun ? (
        <div className={styles['notice']}>
          <Banner
            tone="warn"
            action={
              <Button size="small" onClick={editing.catchUp}>
                Compare with it
              </Button>
            }
          >
            Version {profile.version ?? 'of the file'} was saved meanwhile
            {profile.createdBy ? ` by ${profile.createdBy}` : ''}. Your changes are still here.
          </Banner>
        </div>
      ) : null}
      <div className={styles['columns']}>
        <div className={styles['stack']}>
          <Card title="For people">
            <TextInDraft path={['description']} label="Description" />
          </Card>
          {isWholeFiles ? (
            <Card title="Whole files">
              <p className={styles['soft']}>
                This profile makes whole files, one job each, by the rules of other systems. It has
                no ladder: edit it as JSON.
              </p>
            </Card>
          ) : (
            <>
              <LadderEditor draft={draft} judged={preview.data?.preview?.rungs ?? []} />
              <SettingsEditor draft={draft} />
            </>
          )}
        </div>
        <div className={styles['stack']}>
          <PreviewCard
            chosen={chosen}
            onChoose={setChosen}
            judged={preview.data}
            error={preview.error}
            isStale={!isSettled}
          />
          <JsonCard draft={draft} />
          <VersionsCard profile={profile} onRestore={editing.restore} />
        </div>
      </div>
      <SaveDialog
        open={isSaving}
        before={(profile.profile ?? {}) as DraftValue}
        after={draft.value}
        videos={profile.videos}
        onClose={() => setSaving(false)}
        onSave={save}
      />
    </DraftContext.Provider>
  )
}

function Words({ profile: { origin, version, hides, videos } }: { readonly profile: Profile }) {
  return (
    <span className={styles['words']}>
      <Badge tone={origin === 'stored' ? 'info' : 'neutral'}>
        {version === null ? originWords[origin] : `version ${version}, ${originWords[origin]}`}
      </Badge>
      {hides.length > 0 ? (
        <span>wins over the {hides.map((each) => hiddenWords[each]).join(' and the ')}</span>
      ) : null}
      <span>{countOf(videos, 'video')}</span>
    </span>
  )
}
