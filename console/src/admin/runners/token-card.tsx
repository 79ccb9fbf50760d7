import { useQueryClient } from '@tanstack/react-query'
import { client, read } from '../../api/client.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { classNames } from '../../ui/class-names.ts'
import { useConfirm } from '../../ui/confirm.tsx'
import { Empty, Failure, Skeleton } from '../../ui/states.tsx'
import { cells, Table } from '../../ui/table.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { useTell } from '../../ui/toasts.tsx'
import { countOf } from '../../words/amounts.ts'
import styles from './runners.module.css'
import { useTokens } from './use-runners.ts'

type Token = NonNullable<ReturnType<typeof useTokens>['data']>['data'][number]

/** The tokens with which runners may register; each can be revoked (U61). */
export function TokenCard() {
  const { data, error, refetch } = useTokens()
  const revoke = useRevoke()
  return (
    <Card title="Registration tokens" flush className={styles['tokens']}>
      {error && !data ? (
        <Failure error={error} onRetry={() => void refetch()} />
      ) : data ? (
        data.data.length === 0 ? (
          <Empty title="There are no tokens.">“Add a runner” makes one.</Empty>
        ) : (
          <Tokens tokens={data.data} onRevoke={(token) => void revoke(token)} />
        )
      ) : (
        <Skeleton height="6rem" />
      )}
    </Card>
  )
}

function Tokens({
  tokens,
  onRevoke,
}: {
  readonly tokens: readonly Token[]
  readonly onRevoke: (token: Token) => void
}) {
  return (
    <Table label="Registration tokens">
      <thead>
        <tr>
          <th className={cells.wide}>Token</th>
          <th className={cells.number}>Runners</th>
          <th className={classNames(cells.number, cells.roomy)}>Made</th>
          <th className={cells.tight}>
            <span className="hidden-text">What to do</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {tokens.map((token) => (
          <tr key={token.id}>
            <td className={cells.wide}>
              <code>{token.registrationToken}</code>
            </td>
            <td className={cells.number}>{token.registeredRunnersCount}</td>
            <td className={classNames(cells.number, cells.roomy)}>
              <TimeAgo at={token.createdAt} />
            </td>
            <td className={cells.tight}>
              <Button
                look="quiet"
                size="small"
                aria-label={`Revoke ${token.registrationToken}`}
                onClick={() => onRevoke(token)}
              >
                Revoke
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}

function useRevoke() {
  const confirm = useConfirm()
  const tell = useTell()
  const queries = useQueryClient()
  return async ({ id, registrationToken, registeredRunnersCount }: Token) => {
    const isSure = await confirm({
      title: `Revoke ${registrationToken}?`,
      text: `Nobody registers with it any more. The ${countOf(registeredRunnersCount, 'runner')} that did stay.`,
      action: 'Revoke the token',
    })
    if (!isSure) return
    try {
      const params = { path: { tokenId: String(id) } }
      await read(client.DELETE('/api/v1/runners/registration-tokens/{tokenId}', { params }))
      tell.good('The token is revoked.')
    } catch (error) {
      tell.bad('That did not work.', error)
    }
    await queries.invalidateQueries({ queryKey: ['fleet', 'registration-tokens'] })
  }
}
