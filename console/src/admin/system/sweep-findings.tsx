import { Link } from 'react-router'
import { countOf, formatBytes } from '../../words/amounts.ts'
import styles from './sweep-card.module.css'
import type { SweepResult } from './system-query.ts'

/** What a look at the storage found, or what of it went. */
export function SweepFindings({ found }: { readonly found: SweepResult }) {
  const { dryRun, orphans, missing } = found
  const { objects, bytes, examples } = orphans
  return (
    <div className={styles['found']} role="status">
      <p>
        {objects === 0
          ? 'No orphan was found.'
          : `${countOf(objects, 'orphan')} of ${formatBytes(bytes)} ${dryRun ? 'found' : 'removed'}.`}
      </p>
      {examples.length > 0 ? (
        <details>
          <summary>Which</summary>
          <ul className={styles['examples']}>
            {examples.map(({ key, sizeBytes }) => (
              <li key={key}>
                <code>{key}</code> {formatBytes(sizeBytes)}
              </li>
            ))}
            {objects > examples.length ? <li>and {objects - examples.length} more</li> : null}
          </ul>
        </details>
      ) : null}
      {missing.map(({ videoId, version, files, example }) => (
        <p key={`${videoId}/${version}`} className={styles['missing']}>
          Version {version} of <Link to={`/videos/${videoId}`}>a published video</Link> lacks{' '}
          {countOf(files, 'file')}, such as <code>{example}</code>.
        </p>
      ))}
    </div>
  )
}
