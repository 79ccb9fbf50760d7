import { Ellipsis, Info, ListChecks, Pause, Play, Power, Trash2 } from 'lucide-react'
import { Menu, MenuItem, MenuLine, MenuLink } from '../../ui/menu.tsx'
import type { Governing } from './use-govern.tsx'
import type { Runner } from './use-runners.ts'

/** What can be done with a runner. */
export function RunnerMenu({
  runner,
  onGovern,
}: {
  readonly runner: Runner
  readonly onGovern: (action: Governing, runners: readonly Runner[]) => void
}) {
  const { id, name, state } = runner
  const govern = (action: Governing) => () => onGovern(action, [runner])
  return (
    <Menu label={`What to do with ${name}`} trigger={<Ellipsis />} size="small">
      <MenuLink to={`?runner=${id}`} icon={<Info />}>
        Details
      </MenuLink>
      <MenuLink to={`/jobs?runner=${id}`} icon={<ListChecks />}>
        Its jobs
      </MenuLink>
      <MenuLine />
      <MenuItem icon={<Play />} disabled={state === 'active'} onChoose={govern('enable')}>
        Enable
      </MenuItem>
      <MenuItem icon={<Pause />} disabled={state === 'draining'} onChoose={govern('drain')}>
        Drain
      </MenuItem>
      <MenuItem icon={<Power />} disabled={state === 'disabled'} onChoose={govern('disable')}>
        Disable
      </MenuItem>
      <MenuLine />
      <MenuItem icon={<Trash2 />} isDanger onChoose={govern('remove')}>
        Remove
      </MenuItem>
    </Menu>
  )
}
