import { Component, type ReactNode } from 'react'
import { useLocation } from 'react-router'
import { MissingPage } from './lazy-page.tsx'
import { Failure } from './states.tsx'

/** A page that is loaded when it is opened; what breaks in it does not take the rest along. */
export function PageBoundary({ children }: { readonly children: ReactNode }) {
  const { pathname } = useLocation()
  return <Boundary pathname={pathname}>{children}</Boundary>
}

interface Props {
  readonly pathname: string
  readonly children: ReactNode
}

interface State {
  readonly error: unknown
  readonly pathname: string
}

class Boundary extends Component<Props, State> {
  override state: State = { error: null, pathname: this.props.pathname }

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error }
  }

  /** What broke at one address is no news of another. A key would build whole pages anew instead. */
  static getDerivedStateFromProps({ pathname }: Props, state: State): State | null {
    return pathname === state.pathname ? null : { error: null, pathname }
  }

  readonly retry = () => {
    if (this.state.error instanceof MissingPage) location.reload()
    else this.setState({ error: null })
  }

  override render() {
    const { error } = this.state
    if (error !== null) return <Failure error={error} onRetry={this.retry} />
    return this.props.children
  }
}
