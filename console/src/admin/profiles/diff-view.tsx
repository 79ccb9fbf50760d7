import { useMemo } from 'react'
import { classNames } from '../../ui/class-names.ts'
import styles from './diff.module.css'
import { diffLines, withContext } from './diff-lines.ts'
import { type DraftValue, writeJson } from './draft-value.ts'

const marks = { same: ' ', gone: '−', new: '+' } as const
const words = { same: undefined, gone: 'Gone:', new: 'New:' } as const

/** What a profile would have that another has not, line by line. */
export function DiffView({
  before,
  after,
}: {
  readonly before: DraftValue
  readonly after: DraftValue
}) {
  const lines = useMemo(
    () => withContext(diffLines(writeJson(before), writeJson(after))),
    [before, after],
  )
  if (!lines.some((line) => line)) return <p className={styles['none']}>Nothing differs.</p>
  return (
    <div className={styles['diff']}>
      {lines.map((line, index) => (
        // The lines of a difference have nothing else that tells them apart.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={index} className={classNames(styles['line'], line && styles[line.kind])}>
          {line ? (
            <>
              <span aria-hidden="true" className={styles['mark']}>
                {marks[line.kind]}
              </span>
              {words[line.kind] ? <span className="hidden-text">{words[line.kind]}</span> : null}
              <code>{line.text}</code>
            </>
          ) : (
            <span className={styles['gap']}>…</span>
          )}
        </div>
      ))}
    </div>
  )
}
