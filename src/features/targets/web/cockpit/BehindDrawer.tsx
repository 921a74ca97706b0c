import type { ReactNode } from 'react'
import { Drawer } from 'antd'
import { kitWords } from '#web/kit/words.ts'
import { useWords } from '#web/words/use-words.ts'

interface BehindDrawerProps {
  readonly title: string
  readonly note: string
  readonly onClose: () => void
  readonly children: ReactNode
}

/** The records over the cockpit, so that the place is not lost. */
export function BehindDrawer({ title, note, onClose, children }: BehindDrawerProps) {
  const k = useWords(kitWords)
  return (
    <Drawer
      open
      onClose={onClose}
      size="min(860px, 100vw)"
      closable={{ 'aria-label': k('close') }}
      title={
        <span className="behind-title">
          {title}
          <small className="muted">{note}</small>
        </span>
      }
      styles={{ body: { padding: 0, display: 'flex', flexDirection: 'column' } }}
    >
      {children}
    </Drawer>
  )
}
