import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { useConfirm } from '../../ui/confirm.tsx'
import { Facts } from '../../ui/facts.tsx'
import { SelectField } from '../../ui/field.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { useTell } from '../../ui/toasts.tsx'
import { countOf, formatBytes } from '../../words/amounts.ts'
import styles from './sweep-card.module.css'
import { SweepFindings } from './sweep-findings.tsx'
import { type SweepResult, type System, sweepStorage } from './system-query.ts'

const ages = [
  [1, 'an hour'],
  [24, 'a day'],
  [24 * 7, 'a week'],
] as const

/** What was cleaned up last, and the look for objects that no video has (U16). */
export function SweepCard({ system }: { readonly system: System }) {
  const [olderThanHours, setOlderThanHours] = useState(24)
  const { look, remove, seen, found } = useSweep()
  const { records, storage } = system.sweeps
  return (
    <Card title="Clean-up">
      <div className={styles['parts']}>
        <Facts
          facts={[
            ['Rows and leftovers', records ? <TimeAgo at={records.finishedAt} /> : 'not yet'],
            ['Last trouble', records?.error ?? storage?.error],
            ['Orphans looked for', storage ? <TimeAgo at={storage.finishedAt} /> : 'never'],
          ]}
        />
        <p className={styles['text']}>
          Orphans are objects in the storage that no video has any more. Looking reads the list of
          all objects.
        </p>
        <div className={styles['actions']}>
          <SelectField
            label="Older than"
            value={String(olderThanHours)}
            onChange={(event) => {
              setOlderThanHours(Number(event.currentTarget.value))
              // What was seen is not what would be found now.
              look.reset()
            }}
          >
            {ages.map(([hours, words]) => (
              <option key={hours} value={hours}>
                {words}
              </option>
            ))}
          </SelectField>
          <Button busy={look.isPending} onClick={() => look.mutate(olderThanHours)}>
            {look.isPending ? 'Looking…' : 'Look for orphans'}
          </Button>
          {seen && found?.dryRun && found.orphans.objects > 0 ? (
            <Button look="danger" busy={remove.isPending} onClick={() => remove.mutate(seen)}>
              Remove {countOf(found.orphans.objects, 'orphan')}
            </Button>
          ) : null}
        </div>
        {found ? <SweepFindings found={found} /> : null}
      </div>
    </Card>
  )
}

/** What a look found, and for which age: only that is removed. */
interface Seen {
  readonly olderThanHours: number
  readonly orphans: SweepResult['orphans']
}

/** Looking first, then removing what was seen; the second asks. */
function useSweep() {
  const queries = useQueryClient()
  const confirm = useConfirm()
  const tell = useTell()
  const onSettled = () => queries.invalidateQueries({ queryKey: ['system'] })
  const look = useMutation({
    mutationFn: (olderThanHours: number) => sweepStorage({ dryRun: true, olderThanHours }),
    onMutate: () => remove.reset(),
    onError: (error) => tell.bad('The storage could not be looked at.', error),
    onSettled,
  })
  const remove = useMutation({
    mutationFn: async ({ olderThanHours, orphans: { objects, bytes } }: Seen) => {
      const isSure = await confirm({
        title: `Remove ${countOf(objects, 'orphan')}?`,
        text: `${formatBytes(bytes)} that no video has go from the storage, and cannot come back.`,
        action: 'Remove',
      })
      return isSure ? sweepStorage({ dryRun: false, olderThanHours }) : null
    },
    onSuccess: (done) => {
      if (done === null) return
      const { objects, bytes } = done.orphans
      tell.good(`${countOf(objects, 'orphan')} removed.`, `${formatBytes(bytes)} are free again.`)
    },
    onError: (error) => tell.bad('The orphans could not be removed.', error),
    onSettled,
  })
  const seen: Seen | null = look.data
    ? { olderThanHours: look.variables, orphans: look.data.orphans }
    : null
  return { look, remove, seen, found: remove.data ?? look.data }
}
