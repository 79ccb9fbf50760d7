import { Plus, Server } from 'lucide-react'
import { useMemo, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { RefusalsDialog } from '../../ui/refusals.tsx'
import { SelectionBar } from '../../ui/selection-bar.tsx'
import { Empty, Failure } from '../../ui/states.tsx'
import { TableSkeleton } from '../../ui/table-skeleton.tsx'
import { useSelection } from '../../ui/use-selection.ts'
import { countOf } from '../../words/amounts.ts'
import { AddRunnerDialog } from './add-runner-dialog.tsx'
import { GovernDialog } from './govern-dialog.tsx'
import { RunnerDialog } from './runner-dialog.tsx'
import { RunnerTable } from './runner-table.tsx'
import { TokenCard } from './token-card.tsx'
import { type Governing, useGovern } from './use-govern.tsx'
import { type Runner, useRunners } from './use-runners.ts'

const none: readonly Runner[] = []

/** The fleet: who is there, what everybody does, and who may come (P-75). */
export default function RunnersPage() {
  const [isAdding, setAdding] = useState(false)
  const { data: runners = none, isPending, error, refetch } = useRunners()
  const ids = useMemo(() => runners.map(({ id }) => String(id)), [runners])
  const selection = useSelection(ids)
  const govern = useGovern()
  const chosen = runners.filter(({ id }) => selection.ids.has(String(id)))
  const add = (
    <Button look="primary" icon={<Plus />} onClick={() => setAdding(true)}>
      Add a runner
    </Button>
  )
  return (
    <>
      <PageHead title="Runners" text={isPending ? ' ' : describe(runners)} actions={add} />
      <Card flush>
        {isPending ? (
          <TableSkeleton lines={3} />
        ) : error && runners.length === 0 ? (
          <Failure error={error} onRetry={() => void refetch()} />
        ) : runners.length === 0 ? (
          <Empty title="There are no runners yet." icon={<Server />}>
            Nothing is encoded until one is there. “Add a runner” shows the command for it.
          </Empty>
        ) : (
          <RunnerTable runners={runners} selection={selection} onGovern={govern.ask} />
        )}
      </Card>
      {chosen.length === 0 ? null : (
        <SelectionBar
          text={`${countOf(chosen.length, 'runner')} chosen`}
          onClear={() => selection.chooseAll(false)}
        >
          <GovernButtons onGovern={(action) => govern.ask(action, chosen)} busy={govern.busy} />
        </SelectionBar>
      )}
      <TokenCard />
      <AddRunnerDialog open={isAdding} runners={runners} onClose={() => setAdding(false)} />
      <RunnerDialog runners={runners} />
      <GovernDialog govern={govern} />
      <RefusalsDialog refusals={govern.refusals} onClose={govern.closeRefusals} />
    </>
  )
}

function GovernButtons({
  onGovern,
  busy,
}: {
  readonly onGovern: (action: Governing) => void
  readonly busy: boolean
}) {
  const button = (action: Governing, words: string, look: 'secondary' | 'danger' = 'secondary') => (
    <Button size="small" look={look} disabled={busy} onClick={() => onGovern(action)}>
      {words}
    </Button>
  )
  return (
    <>
      {button('enable', 'Enable')}
      {button('drain', 'Drain')}
      {button('disable', 'Disable')}
      {button('remove', 'Remove', 'danger')}
    </>
  )
}

/** Who is there, and how busy they are. */
function describe(runners: readonly Runner[]): string {
  const online = runners.filter((each) => each.online)
  const slots = online.reduce((sum, each) => sum + each.slots, 0)
  const busy = online.reduce((sum, each) => sum + Math.min(each.jobs, each.slots), 0)
  if (runners.length === 0) return 'Programs that take jobs.'
  return `${online.length} of ${countOf(runners.length, 'runner')} online, ${busy} of ${countOf(slots, 'slot')} at work.`
}
