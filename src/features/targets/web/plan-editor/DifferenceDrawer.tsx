import { Drawer } from 'antd'
import { fromUnits } from '#engine/money/units.ts'
import { kitWords } from '#web/kit/words.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { readRowId } from '../../levels.ts'
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
  const k = useWords(kitWords)
  const label = useLabel()
  const nameOf = (node: string) => {
    const { level } = readRowId(node)
    return `${bench.names.get(node) ?? ''}${level === 'target' ? '' : ` · ${t(level)}`}`
  }
  const lines = bench.changes.map(({ node, month, before, after }) => ({
    key: `${node}:${month}`,
    name: nameOf(node),
    month: open.months[month] ? label(open.months[month].label) : '',
    before: fromUnits(before, open.plan.unit),
    after: fromUnits(after, open.plan.unit),
  }))
  return (
    <Drawer open title={t('differences')} size={640} onClose={onClose} closable={{ 'aria-label': k('close') }}>
      <DifferenceTable measure={open.plan.measure} lines={lines} />
    </Drawer>
  )
}
