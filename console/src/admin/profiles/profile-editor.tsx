import { useMemo, useState } from 'react'
import { Card } from '../../ui/card.tsx'
import { TextInDraft } from './draft-fields.tsx'
import type { DraftValue } from './draft-value.ts'
import styles from './editor.module.css'
import { EditorHead } from './editor-head.tsx'
import { JsonCard } from './json-card.tsx'
import { readDraft } from './kept-drafts.ts'
import { LadderEditor } from './ladder-editor.tsx'
import { OutrunNotice } from './outrun-notice.tsx'
import { PreviewCard } from './preview-card.tsx'
import { SaveDialog } from './save-dialog.tsx'
import { SettingsEditor } from './settings-editor.tsx'
import { type Draft, DraftContext, useDraft } from './use-draft.ts'
import { useEditing } from './use-editing.ts'
import { useJudgement } from './use-judgement.ts'
import type { Preview, Profile } from './use-profiles.ts'
import { VersionsCard } from './versions-card.tsx'

const noRungs: Preview['rungs'] = []

/** A profile as a form, as JSON, and as what it gives. */
export function ProfileEditor({ profile }: { readonly profile: Profile }) {
  const [kept] = useState(() => readDraft(sessionStorage, profile.name))
  const editing = useEditing(profile, kept?.base)
  const draft = useDraft(profile.name, editing.base, kept)
  const judgement = useJudgement(draft)
  const [isSaving, setSaving] = useState(false)
  const { problems, judged } = judgement
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
      <EditorHead
        profile={profile}
        draft={draft}
        canSave={draft.isChanged && judgement.isSound}
        onSave={() => setSaving(true)}
      />
      {editing.isOutrun ? <OutrunNotice profile={profile} onCatchUp={editing.catchUp} /> : null}
      <div className={styles['columns']}>
        <div className={styles['stack']}>
          <Form draft={draft} rungs={judged?.preview?.rungs ?? noRungs} />
          <VersionsCard profile={profile} onRestore={editing.restore} />
        </div>
        <div className={styles['stack']}>
          <PreviewCard {...judgement} />
          <JsonCard draft={draft} />
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

function Form({ draft, rungs }: { readonly draft: Draft; readonly rungs: Preview['rungs'] }) {
  return (
    <>
      <Card title="For people">
        <TextInDraft path={['description']} label="Description" />
      </Card>
      {'wholeFiles' in draft.value ? (
        <Card title="Whole files">
          <p className={styles['soft']}>
            This profile makes whole files, one job each, by the rules of other systems. It has no
            ladder: edit it as JSON.
          </p>
        </Card>
      ) : (
        <>
          <LadderEditor draft={draft} judged={rungs} />
          <SettingsEditor draft={draft} />
        </>
      )}
    </>
  )
}
