import { Card } from '../../ui/card.tsx'
import { TextArea } from '../../ui/field.tsx'
import styles from './editor.module.css'
import type { Draft } from './use-draft.ts'

/** The profile as it is written: what is changed here stands in the form, and the other way round. */
export function JsonCard({ draft: { text, textError, setText } }: { readonly draft: Draft }) {
  const rows = Math.min(36, Math.max(10, text.split('\n').length + 1))
  return (
    <Card title="As JSON">
      <TextArea
        label="The profile as JSON"
        labelHidden
        error={textError ?? undefined}
        className={styles['json']}
        rows={rows}
        spellCheck={false}
        autoComplete="off"
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
    </Card>
  )
}
