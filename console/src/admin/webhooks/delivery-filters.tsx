import { X } from 'lucide-react'
import { Button } from '../../ui/button.tsx'
import { SelectField } from '../../ui/field.tsx'
import { useEventTypes, useWebhooks } from './use-webhooks.ts'
import { deliveryStates, nameOf } from './webhook-words.ts'
import styles from './webhooks.module.css'

/** Which deliveries are shown. */
export function DeliveryFilters({
  params,
  onChange,
}: {
  readonly params: URLSearchParams
  readonly onChange: (changes: Readonly<Record<string, string | null>>) => void
}) {
  const { data: webhooks = [] } = useWebhooks()
  const { data: types = [] } = useEventTypes()
  const states = Object.entries(deliveryStates).map(([value, { word }]) => [value, word] as const)
  const filters = [
    ['webhook', 'Every webhook', webhooks.map((each) => [each.id, nameOf(each)] as const)],
    ['state', 'Every state', states],
    [
      'type',
      'Every event',
      [...types.map(({ type }) => type), 'webhook.test'].map((type) => [type, type] as const),
    ],
  ] as const
  return (
    <div className={styles['filters']}>
      {params.has('video') ? (
        <Button
          size="small"
          icon={<X />}
          aria-label="Of one video only; show all"
          onClick={() => onChange({ video: null })}
        >
          One video
        </Button>
      ) : null}
      {filters.map(([name, all, options]) => (
        <SelectField
          key={name}
          label={`Deliveries by ${name}`}
          labelHidden
          value={params.get(name) ?? ''}
          onChange={({ target }) => onChange({ [name]: target.value })}
        >
          <option value="">{all}</option>
          {options.map(([value, word]) => (
            <option key={value} value={value}>
              {word}
            </option>
          ))}
        </SelectField>
      ))}
    </div>
  )
}
