import { useLabel, useWords } from '#web/words/use-words.ts'
import type { PlanMonth, PlanSummary } from '../../contract.ts'
import type { AmendmentPreview } from '../../path-contract.ts'
import { amendWords } from './amend-words.ts'
import { DifferenceTable } from './DifferenceTable.tsx'

interface AmendmentEffectsProps {
  readonly preview: AmendmentPreview
  readonly measure: PlanSummary['measure']
  /** The first period that changes. */
  readonly month: PlanMonth | undefined
}

/** Every row that an amendment changes, from its first period on. */
export function AmendmentEffects({ preview: { rows }, measure, month }: AmendmentEffectsProps) {
  const t = useWords(amendWords)
  const label = useLabel()
  if (rows.length === 0) return <p className="muted">{t('noEffect')}</p>
  return (
    <section aria-label={t('effect')}>
      <p>{t('effectOf', { n: rows.length, month: month ? label(month.label) : '' })}</p>
      <DifferenceTable
        measure={measure}
        height={240}
        lines={rows.map((row) => ({
          key: row.node,
          name: row.name,
          before: row.restBefore,
          after: row.restAfter,
        }))}
      />
    </section>
  )
}
