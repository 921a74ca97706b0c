import { Drawer } from 'antd'
import { fromUnits } from '#engine/money/units.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { DifferenceTable } from './DifferenceTable.tsx'
import type { OpenPlan } from './use-plan.ts'
import type { PlanWorkbench } from './use-plan-work.ts'
import { planWords } from './words.ts'

interface DifferenceDrawerProps {
  readonly open: OpenPlan
  readonly bench: PlanWorkbench
  readonly onClose: () => void
}

/** Every cell that would be saved, before and after. */
export function DifferenceDrawer({ open, bench, onClose }: DifferenceDrawerProps) {
  const t = useWords(planWords)
  const label = useLabel()
  const lines = bench.changes.map(({ node, month, before, after }) => ({
    key: `${node}:${month}`,
    name: bench.names.get(node) ?? '',
    month: open.months[month] ? label(open.months[month].label) : '',
    before: fromUnits(before, open.plan.unit),
    after: fromUnits(after, open.plan.unit),
  }))
  return (
    <Drawer open title={t('differences')} size={640} onClose={onClose}>
      <DifferenceTable lines={lines} />
    </Drawer>
  )
}
