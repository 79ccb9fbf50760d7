import { countOf } from '../../../words/amounts.ts'
import styles from './chunk-map.module.css'
import type { MappedChunk } from './chunk-map-query.ts'
import { nameOf, placeOf } from './chunk-words.ts'
import { JobLines } from './job-lines.tsx'

/** What the map tells of one chunk. Its place is there before there is one, so that nothing jumps. */
export function ChunkDetails({ chunk }: { readonly chunk: MappedChunk | null }) {
  if (!chunk) {
    return (
      <div className={styles['details']}>
        <p className={styles['soft']}>
          Point at a chunk, or go through them with the arrow keys, to see who encodes it.
        </p>
      </div>
    )
  }
  return (
    <section className={styles['details']} aria-label={nameOf(chunk)}>
      <div className={styles['detailsHead']}>
        <strong>{nameOf(chunk)}</strong>
        <span>{placeOf(chunk)}</span>
        <span className={styles['soft']}>{framesOf(chunk)}</span>
        <span className={styles['soft']}>{segmentsOf(chunk)}</span>
      </div>
      {chunk.jobs.length > 0 ? (
        <JobLines jobs={chunk.jobs} />
      ) : (
        <p className={styles['soft']}>Its jobs are not kept any more.</p>
      )}
    </section>
  )
}

function framesOf({ firstFrame, lastFrame }: MappedChunk): string {
  return `frames ${firstFrame.toLocaleString()} – ${lastFrame?.toLocaleString() ?? 'the end'}`
}

function segmentsOf({ firstSegment, segments }: MappedChunk): string {
  if (segments === null) return 'all segments'
  const last = firstSegment + segments - 1
  const range = segments === 1 ? `${firstSegment}` : `${firstSegment} – ${last}`
  return `${countOf(segments, 'segment')} (${range})`
}
