import { Badge } from '../../ui/badge.tsx'
import { Card } from '../../ui/card.tsx'
import { cells, Table } from '../../ui/table.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import type { System } from './system-query.ts'

/** Server processes that are there, and those that fell silent in the last day. */
export function ServersCard({ servers }: { readonly servers: System['servers'] }) {
  return (
    <Card title="Servers" flush>
      <Table label="Servers">
        <thead>
          <tr>
            <th scope="col">Machine</th>
            <th scope="col">State</th>
            <th scope="col">Address</th>
            <th scope="col" className={cells.number}>
              Process
            </th>
            <th scope="col">Reelmill</th>
            <th scope="col" className={cells.roomy}>
              Node
            </th>
            <th scope="col">Started</th>
            <th scope="col">Seen</th>
          </tr>
        </thead>
        <tbody>
          {servers.map((server) => (
            <tr key={server.id}>
              <td>{server.host}</td>
              <td className={cells.tight}>
                <Badge tone={server.alive ? 'good' : 'bad'} dot>
                  {server.alive ? 'Running' : 'Silent'}
                </Badge>
              </td>
              <td>{server.url}</td>
              <td className={cells.number}>{server.pid}</td>
              <td>{server.version}</td>
              <td className={cells.roomy}>{server.nodeVersion}</td>
              <td className={cells.tight}>
                <TimeAgo at={server.startedAt} />
              </td>
              <td className={cells.tight}>
                <TimeAgo at={server.seenAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Card>
  )
}
