import { CheckField } from '../../ui/field.tsx'
import { Skeleton } from '../../ui/states.tsx'
import { useEventTypes, type Webhook } from './use-webhooks.ts'
import styles from './webhooks.module.css'

/** Which events a webhook is told of, of those that its format knows. */
export function EventChoice({
  format,
  chosen,
  onChange,
}: {
  readonly format: Webhook['format']
  /** null: what is told by default. */
  readonly chosen: readonly string[] | null
  readonly onChange: (events: readonly string[]) => void
}) {
  const { data: types } = useEventTypes()
  if (!types) return <Skeleton height="12rem" />
  const offered = types.filter(({ formats }) => formats.includes(format))
  const isChosen = (type: string, byDefault: boolean) => chosen?.includes(type) ?? byDefault
  const toggle = (type: string) =>
    onChange(
      offered
        .filter((each) => isChosen(each.type, each.byDefault) !== (each.type === type))
        .map((each) => each.type),
    )
  return (
    <fieldset className={styles['events']}>
      <legend>Events</legend>
      <div className={styles['choices']}>
        {offered.map(({ type, sentence, byDefault }) => (
          <CheckField
            key={type}
            label={<code>{type}</code>}
            hint={sentence}
            checked={isChosen(type, byDefault)}
            onChange={() => toggle(type)}
          />
        ))}
      </div>
    </fieldset>
  )
}
