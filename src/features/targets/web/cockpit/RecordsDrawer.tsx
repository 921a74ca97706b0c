import type { ReactNode } from 'react'
import { useMe } from '#web/session/me.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { BehindDrawer } from './BehindDrawer.tsx'
import { BehindList } from './BehindList.tsx'
import type { FigureKey, MetricRow } from './use-attainment.ts'
import { cockpitWords } from './words.ts'
import './cockpit.css'

interface RecordsDrawerProps {
  readonly figure: FigureKey
  readonly metric: MetricRow
  /** Of the node. */
  readonly name: string
  /** The figure that was clicked, where it is known as it was read. */
  readonly shown?: string | null | undefined
  /** What stands above the records, as how a rate is made of them. */
  readonly above?: ReactNode
  readonly onClose: () => void
}

/** The records behind a figure of any screen, over it. */
export function RecordsDrawer({ figure, metric, name, shown = null, above, onClose }: RecordsDrawerProps) {
  const t = useWords(cockpitWords)
  const label = useLabel()
  const { company } = useMe()
  return (
    <BehindDrawer title={t('records', { name })} note={label(metric.label)} onClose={onClose}>
      {above}
      <BehindList figure={figure} metric={metric} currency={company.currency} shown={shown} />
    </BehindDrawer>
  )
}
