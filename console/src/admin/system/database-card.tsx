import { Card } from '../../ui/card.tsx'
import { Facts } from '../../ui/facts.tsx'
import { formatBytes } from '../../words/amounts.ts'
import type { System } from './system-query.ts'

const kinds = { embedded: 'Embedded, in DATA_DIR', server: 'The server of DATABASE_URL' }

/** The database, without anything secret. */
export function DatabaseCard({ database }: { readonly database: System['database'] }) {
  const { kind, version, sizeBytes, sessions, schema } = database
  return (
    <Card title="Database" actions={<strong>{formatBytes(sizeBytes)}</strong>}>
      <Facts
        facts={[
          ['PostgreSQL', version],
          ['Which', kinds[kind]],
          ['Sessions', sessions],
          ['Last migration', schema],
        ]}
      />
    </Card>
  )
}
