import { CheckCircleOutlined, WarningOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { overPeriods } from '#engine/metrics/plan-rule.ts'
import { useWords } from '#web/words/use-words.ts'
import { readRowId } from '../../levels.ts'
import type { PlanSummary } from '../../contract.ts'
import { nodeOf, totalOf } from '../../plan-tree.ts'
import type { PlanTree } from '../../plan-tree.ts'
import { cellText } from './cell-text.ts'
import type { PlanWorkbench } from './use-plan-work.ts'
import { planWords } from './words.ts'

interface SaveBarProps {
  readonly bench: PlanWorkbench
  readonly plan: Pick<PlanSummary, 'unit' | 'measure'>
  readonly monthName: (month: number) => string
  readonly isSaving: boolean
  readonly onDifferences: () => void
  readonly onSave: (reason: string) => Promise<void>
}

/** What is about to be saved: how much changes, whether sums hold, and why. */
export function SaveBar({ bench, plan, monthName, isSaving, onDifferences, onSave }: SaveBarProps) {
  const t = useWords(planWords)
  const [reason, setReason] = useState('')
  const rows = new Set(bench.changes.map((change) => change.node)).size
  const [before, after] = [yearAtTop(bench.saved), yearAtTop(bench.tree)]
  const write = (count: bigint) => cellText(count, plan.unit, plan.measure)
  const { nodes: sums } = bench.tree.rule
  const isWrong = bench.wrongSums.length > 0
  const [crossed] = bench.crossed
  const [refused] = bench.refused.values()
  const facts = [
    bench.changes.length > 0 && t('changed', { cells: bench.changes.length, rows }),
    bench.relockedRows.length > 0 && t('locksChanged', { n: bench.relockedRows.length }),
    bench.changes.length > 0 &&
      sums === 'sum' &&
      before !== null &&
      after !== null &&
      (before === after ? t('totalStays') : t('totalMoves', { before: write(before), after: write(after) })),
  ]
  return (
    <form
      className="plan-save"
      onSubmit={(event) => {
        event.preventDefault()
        void onSave(reason.trim())
      }}
    >
      <span className="plan-save-facts" aria-live="polite">
        {facts.filter(Boolean).join(' · ')}
        <span className={isWrong ? 'plan-sums-wrong' : 'plan-sums-hold'}>
          {isWrong ? <WarningOutlined /> : <CheckCircleOutlined />}{' '}
          {isWrong ? t('sumsBreak', { n: bench.wrongSums.length }) : t(sums === 'sum' ? 'sumsHold' : 'noSums')}
        </span>
      </span>
      {refused && (
        <span className="plan-sums-wrong">
          <WarningOutlined /> {t('refusedCell', { ...refused, n: bench.refused.size })}
        </span>
      )}
      {crossed && (
        <span className="plan-sums-wrong">
          <WarningOutlined />{' '}
          {t(crossed.lower === 'floor' ? 'floorCrossed' : 'stretchCrossed', {
            n: bench.crossed.length,
            name: bench.names.get(crossed.node) ?? '',
            month: monthName(crossed.month),
          })}
        </span>
      )}
      <Button type="link" onClick={onDifferences}>
        {t('differences')}
      </Button>
      <Input
        className="plan-reason"
        aria-label={t('reason')}
        placeholder={`${t('reason')}:${t('reasonExample')}`}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <Button onClick={bench.discard}>{t('discard')}</Button>
      <Button
        type="primary"
        htmlType="submit"
        loading={isSaving}
        disabled={isWrong || refused !== undefined || crossed !== undefined || reason.trim() === ''}
      >
        {t('save')}
      </Button>
    </form>
  )
}

/** Null where several tops make no figure together. */
function yearAtTop(tree: PlanTree): bigint | null {
  const tops = tree.roots.filter((root) => readRowId(root).level === 'target')
  if (tops.length > 1 && tree.rule.nodes !== 'sum') return null
  return totalOf(tops.map((root) => overPeriods(nodeOf(tree, root).months, tree.rule.periods)))
}
