import { useState } from 'react'
import { Badge } from '../../ui/badge.tsx'
import { Card } from '../../ui/card.tsx'
import { CheckField, TextField } from '../../ui/field.tsx'
import { Empty } from '../../ui/states.tsx'
import { cells, Table } from '../../ui/table.tsx'
import { countOf } from '../../words/amounts.ts'
import styles from './settings-card.module.css'
import type { System } from './system-query.ts'

type Setting = System['settings'][number]

/** Every setting with its value; secrets only as set or not. */
export function SettingsCard({ settings }: { readonly settings: System['settings'] }) {
  const [search, setSearch] = useState('')
  const [isChangedOnly, setChangedOnly] = useState(false)
  const shown = settings.filter(
    (setting) => fits(setting, search) && !(isChangedOnly && setting.isDefault),
  )
  return (
    <Card
      title={`Settings (${shown.length === settings.length ? countOf(settings.length, 'setting') : `${shown.length} of ${settings.length}`})`}
      flush
      actions={
        <div className={styles['filters']}>
          <CheckField
            label="Only those that were set"
            checked={isChangedOnly}
            onChange={(event) => setChangedOnly(event.currentTarget.checked)}
          />
          <TextField
            label="Search the settings"
            labelHidden
            type="search"
            placeholder="Search the settings"
            value={search}
            onInput={(event) => setSearch(event.currentTarget.value)}
          />
        </div>
      }
    >
      {shown.length === 0 ? (
        <Empty title="No setting fits.">Search for another word.</Empty>
      ) : (
        <Table label="Settings" className={styles['table']}>
          <thead>
            <tr>
              <th scope="col">Variable</th>
              <th scope="col">Value</th>
              <th scope="col">Meaning</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((setting) => (
              <Row key={setting.name} setting={setting} />
            ))}
          </tbody>
        </Table>
      )}
    </Card>
  )
}

function Row({ setting }: { readonly setting: Setting }) {
  const { name, sentence, unit, fallback, isDefault } = setting
  return (
    <tr>
      <td className={cells.tight}>
        <code>{name}</code> {isDefault ? null : <Badge tone="info">set</Badge>}
      </td>
      <td className={styles['value']}>
        {valueOf(setting)}
        {isDefault || fallback === null || fallback === '' ? null : (
          <div className={styles['fallback']}>instead of {fallback}</div>
        )}
      </td>
      <td className={styles['meaning']}>
        {sentence}
        {unit === null ? '' : ` (${unit})`}
      </td>
    </tr>
  )
}

function valueOf({ value, isSecret, isDefault }: Setting) {
  if (isSecret) return <em>{isDefault ? 'not set' : 'secret'}</em>
  return value === null ? <em>not set</em> : <code>{value}</code>
}

function fits({ name, value, sentence }: Setting, search: string): boolean {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const text = `${name} ${value ?? ''} ${sentence}`.toLowerCase()
  return words.every((word) => text.includes(word))
}
