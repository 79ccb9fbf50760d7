import { type ComponentType, useEffect, useState } from 'react'
import { Skeleton } from './states.tsx'

/** A page's program did not come: the network is away, or the server has a newer one since. */
export class MissingPage extends Error {
  override name = 'MissingPage'
}

interface State {
  readonly Page: ComponentType | null
  readonly error: MissingPage | null
}

/**
 * A page that is loaded when it is opened. Where that fails it throws a MissingPage for good: only
 * loading everything again helps.
 *
 * Without `lazy`: when one goes on to another page before the first has come, Preact's Suspense may
 * wait for that one for ever, and show nothing.
 */
export function lazyPage(load: () => Promise<{ readonly default: ComponentType }>) {
  let known: ComponentType | null = null
  return function LazyPage() {
    const [{ Page, error }, setState] = useState<State>({ Page: known, error: null })
    useEffect(() => {
      if (known) return
      load().then(
        (module) => {
          known = module.default
          setState({ Page: known, error: null })
        },
        (cause: unknown) => setState({ Page: null, error: explain(cause) }),
      )
    }, [])
    if (error) throw error
    return Page ? <Page /> : <Skeleton height="16rem" />
  }
}

function explain(cause: unknown): MissingPage {
  return new MissingPage(
    'Is the network there? After an update, trying again loads the new page.',
    {
      cause,
    },
  )
}
