import type { ReactNode } from 'react'
import './kit.css'

interface PanelProps {
  readonly title?: ReactNode
  readonly extra?: ReactNode
  readonly flush?: boolean
  readonly className?: string
  readonly children: ReactNode
}

/** One card of a board. */
export function Panel({ title, extra, flush = false, className = '', children }: PanelProps) {
  return (
    <section className={`panel ${flush ? 'panel-flush' : ''} ${className}`}>
      {(title || extra) && (
        <div className="panel-head">
          {title && <h2>{title}</h2>}
          {extra && <div className="panel-extra">{extra}</div>}
        </div>
      )}
      <div className="panel-body">{children}</div>
    </section>
  )
}
