import { useState } from 'react'
import { Badge } from '../../ui/badge.tsx'
import { Card } from '../../ui/card.tsx'
import { TextField } from '../../ui/field.tsx'
import { Segments } from '../../ui/segments.tsx'
import { Empty } from '../../ui/states.tsx'
import { cells, Table } from '../../ui/table.tsx'
import styles from './settings-card.module.css'
import type { System } from './system-query.ts'

type Setting = System['settings'][number]

const views = ['set', 'all'] as const

/** Settings with their values, secrets only as set or not: those that somebody set, or all; a search is over all. */
export function SettingsCard({ settings }: { readonly settings: System['settings'] }) {
  const [search, setSearch] = useState('')
  const [view, setView] = useState<(typeof views)[number]>('set')
  const set = settings.filter(({ isDefault }) => !isDefault)
  const shown =
    search.trim() === ''
      ? view === 'set'
        ? set
        : settings
      : settings.filter((setting) => fits(setting, search))
  return (
    <Card
      title="Settings"
      flush
      actions={
        <div className={styles['filters']}>
          <Segments
            label="Which settings"
            value={view}
            choices={[
              ['set', `Set (${set.length})`],
              ['all', `All (${settings.length})`],
            ]}
            onChange={setView}
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
        <Empty title={search.trim() === '' ? 'Nothing was set.' : 'No setting fits.'}>
          {search.trim() === '' ? 'All settings are as they come.' : 'Search for another word.'}
        </Empty>
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
