import type { ReactNode } from 'react'
import './kit.css'

interface PageProps {
  readonly title: ReactNode
  /** One line under the title: what this page answers. */
  readonly note?: ReactNode
  readonly crumbs?: ReactNode
  readonly actions?: ReactNode
  /** Under the title, above the content: filters, tabs. */
  readonly bar?: ReactNode
  readonly children: ReactNode
}

interface ShapeProps extends PageProps {
  readonly shape: 'board' | 'list' | 'record' | 'editor'
  readonly footer?: ReactNode
  readonly grows?: boolean
}

function PageShape({ shape, title, note, crumbs, actions, bar, footer, grows = false, children }: ShapeProps) {
  return (
    <div className={`page page-${shape}`} data-grows={grows}>
      <header className="page-head">
        {crumbs && <div className="page-crumbs">{crumbs}</div>}
        <div className="page-title-row">
          <div className="page-title">
            <h1>{title}</h1>
            {note && <p className="muted">{note}</p>}
          </div>
          {actions && <div className="page-actions">{actions}</div>}
        </div>
        {bar && <div className="page-bar">{bar}</div>}
      </header>
      <div className="page-body">{children}</div>
      {footer && <footer className="page-footer">{footer}</footer>}
    </div>
  )
}

/** Cards that together answer a question. */
export function BoardPage(props: PageProps) {
  return <PageShape shape="board" {...props} />
}

/** Filter bar, then a table or cards that fill the height. */
export function ListPage(props: PageProps) {
  return <PageShape shape="list" {...props} />
}

/** Header facts, sections, history. */
export function RecordPage(props: PageProps) {
  return <PageShape shape="record" {...props} />
}

/**
 * Changes are shown before they are saved; the footer holds the changes and the save button. The content scrolls by
 * itself, unless the page `grows` with it.
 */
export function EditorPage(props: PageProps & { readonly footer?: ReactNode; readonly grows?: boolean }) {
  return <PageShape shape="editor" {...props} />
}
