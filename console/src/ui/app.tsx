import { QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { BrowserRouter } from 'react-router'
import { LiveProvider } from '../api/live.tsx'
import { createQueries } from '../api/queries.ts'
import { root } from '../api/root.ts'
import { hasRole, useSession, useSite } from '../api/session.ts'
import './base.css'
import { ConfirmProvider } from './confirm.tsx'
import { applyTheme } from './theme.ts'
import { Toasts } from './toasts.tsx'
import { useArrival } from './use-arrival.ts'

/**
 * Draws an app with all that its pages rest on.
 *
 * @param folder of its addresses below the root: '' or `console`.
 */
export function startApp(folder: string, app: ReactNode): void {
  applyTheme()
  const place = document.querySelector('#root')
  if (place) createRoot(place).render(<Frame folder={folder}>{app}</Frame>)
}

function Frame({ folder, children }: { readonly folder: string; readonly children: ReactNode }) {
  const [queries] = useState(createQueries)
  return (
    <QueryClientProvider client={queries}>
      <BrowserRouter basename={`${root.pathname}${folder}`}>
        <Listening>
          <Toasts>
            <ConfirmProvider>{children}</ConfirmProvider>
          </Toasts>
        </Listening>
      </BrowserRouter>
    </QueryClientProvider>
  )
}

function Listening({ children }: { readonly children: ReactNode }) {
  const { data: session } = useSession()
  const { data: site } = useSite()
  useArrival()
  const isListed = site?.site === 'public' || hasRole(session, 'viewer')
  return (
    <LiveProvider enabled={isListed} who={session?.user?.id ?? null}>
      {children}
    </LiveProvider>
  )
}
