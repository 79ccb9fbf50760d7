import { Component, type ReactNode, Suspense } from 'react'
import { Failure, Skeleton } from './states.tsx'

/** A page that is loaded when it is opened; what breaks in it does not take the rest along. */
export class PageBoundary extends Component<
  { readonly children: ReactNode },
  { readonly error: unknown }
> {
  override state = { error: null as unknown }

  static getDerivedStateFromError(error: unknown) {
    return { error }
  }

  override render() {
    const { error } = this.state
    if (error !== null) {
      return <Failure error={error} onRetry={() => this.setState({ error: null })} />
    }
    return <Suspense fallback={<Skeleton height="16rem" />}>{this.props.children}</Suspense>
  }
}
