import { Component, Suspense, type ReactNode } from 'react'
import { Button } from 'antd'
import { useWords } from '#web/words/use-words.ts'
import { LoadingState } from './PageStates.tsx'
import { StateDrawing } from './StateDrawing.tsx'
import { kitWords } from './words.ts'

interface PartBoundaryProps {
  /** A change of it gives the part another try, e.g. the address. */
  readonly resetKey?: string
  readonly children: ReactNode
}

interface PartBoundaryState {
  readonly failedAt: string | undefined
  readonly hasFailed: boolean
}

/** Keeps the frame alive when a page fails, and shows the shape of a page while it loads. */
export class PartBoundary extends Component<PartBoundaryProps, PartBoundaryState> {
  override readonly state: PartBoundaryState = { failedAt: undefined, hasFailed: false }

  static getDerivedStateFromError(): Partial<PartBoundaryState> {
    return { hasFailed: true }
  }

  static getDerivedStateFromProps(props: PartBoundaryProps, state: PartBoundaryState): PartBoundaryState | null {
    return props.resetKey === state.failedAt ? null : { failedAt: props.resetKey, hasFailed: false }
  }

  override render(): ReactNode {
    if (this.state.hasFailed) return <FailedPart />
    return <Suspense fallback={<LoadingState rows={8} />}>{this.props.children}</Suspense>
  }
}

function FailedPart() {
  const t = useWords(kitWords)
  return (
    <div className="page-state" role="alert">
      <StateDrawing kind="error" />
      <h2>{t('pageFailed')}</h2>
      <p>{t('pageFailedText')}</p>
      <div className="page-state-action">
        <Button onClick={() => window.location.reload()}>{t('reload')}</Button>
      </div>
    </div>
  )
}
