import {
  Check,
  CircleUser,
  KeyRound,
  LayoutDashboard,
  LogIn,
  LogOut,
  MonitorPlay,
} from 'lucide-react'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { addressOf } from '../api/root.ts'
import { hasRole, useSession } from '../api/session.ts'
import { Menu, MenuItem, MenuLine } from './menu.tsx'
import { chooseTheme, readTheme, type Theme } from './theme.ts'
import { useLogOut } from './use-log-out.ts'

const themes: readonly (readonly [Theme, string])[] = [
  ['system', 'As the system'],
  ['light', 'Light'],
  ['dark', 'Dark'],
]

/** Who one is here, where else one can go, how the pages look, and the way out. */
export function AccountMenu({
  other,
  mayLogOut,
}: {
  readonly other: 'site' | 'console'
  /** Asked before one logs out. */
  readonly mayLogOut?: () => Promise<boolean>
}) {
  const { data: session } = useSession()
  const logOut = useLogOut(mayLogOut)
  const navigate = useNavigate()
  const [theme, setTheme] = useState(readTheme)
  // The other app is another page, not a route of this one.
  const go = (path: string) => location.assign(addressOf(path))
  // Within the site uploads go on.
  const goOnSite = (path: string) => (other === 'console' ? void navigate(`/${path}`) : go(path))
  const choose = (next: Theme) => {
    chooseTheme(next)
    setTheme(next)
  }
  return (
    <Menu
      label={session?.user ? `Account of ${session.user.name}` : 'Account'}
      trigger={<CircleUser />}
    >
      {other === 'console' && hasRole(session, 'operator') ? (
        <MenuItem icon={<LayoutDashboard />} onChoose={() => go('console')}>
          Console
        </MenuItem>
      ) : null}
      {other === 'site' ? (
        <MenuItem icon={<MonitorPlay />} onChoose={() => go('')}>
          Site
        </MenuItem>
      ) : null}
      {themes.map(([value, word]) => (
        <MenuItem
          key={value}
          icon={theme === value ? <Check /> : <span />}
          onChoose={() => choose(value)}
        >
          {word}
        </MenuItem>
      ))}
      <MenuLine />
      {session?.user ? (
        <MenuItem icon={<KeyRound />} onChoose={() => goOnSite('account')}>
          Account and password
        </MenuItem>
      ) : null}
      {session?.user ? (
        <MenuItem icon={<LogOut />} onChoose={() => void logOut()}>
          Log out {session.user.name}
        </MenuItem>
      ) : (
        <MenuItem icon={<LogIn />} onChoose={() => goOnSite('login')}>
          Log in
        </MenuItem>
      )}
    </Menu>
  )
}
