import { type ComponentType, lazy } from 'react'

/** A page's program did not come: the network is away, or the server has a newer one since. */
export class MissingPage extends Error {
  override name = 'MissingPage'
}

/**
 * A page that is loaded when it is opened. Where that fails it throws a MissingPage for good: only
 * loading everything again helps.
 */
export function lazyPage(load: () => Promise<{ readonly default: ComponentType }>) {
  return lazy(() => load().catch(refuse))
}

function refuse(cause: unknown): never {
  throw new MissingPage('Is the network there? After an update, trying again loads the new page.', {
    cause,
  })
}
