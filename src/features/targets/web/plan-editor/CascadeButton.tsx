import { ApartmentOutlined } from '@ant-design/icons'
import { App, Button, Form, Input, Popover } from 'antd'
import { useState } from 'react'
import { typedAmount } from '#web/kit/amount-text.ts'
import { problemText } from '#web/kit/problem-text.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import type { PlanLine } from './open-plan.ts'
import { rowIdAt } from '../../levels.ts'
import { CascadeFields, isWholeWish, usualCascade, wishOf } from './CascadeFields.tsx'
import { previewCascade, type OpenPlan } from './use-plan.ts'
import type { PlanWorkbench } from './use-plan-work.ts'
import { planWords } from './words.ts'

interface CascadeButtonProps {
  readonly open: OpenPlan
  readonly bench: PlanWorkbench
  readonly chosen: PlanLine
}

/** Cascades the chosen row anew; the result lies in the grid as unsaved changes. */
export function CascadeButton({ open, bench, chosen }: CascadeButtonProps) {
  const t = useWords(planWords)
  const label = useLabel()
  const { message } = App.useApp()
  const { plan } = open
  const [isOpen, setOpen] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [total, setTotal] = useState('')
  const [cascade, setCascade] = useState(usualCascade(plan.year, false))
  const isHandedDown = plan.rule.nodes === 'same'
  const isTop = chosen.parentId === null && chosen.canEdit
  const amount = typedAmount(total, plan.measure)

  const preview = async () => {
    setBusy(true)
    try {
      const season = isTop ? cascade.season : 'current'
      const { changes, notes } = await previewCascade(plan.id, {
        node: rowIdAt(bench.level, chosen.id),
        cascade: wishOf({ ...cascade, season }),
        draft: bench.rowsToSave(),
        ...(isTop && total !== '' && amount !== null ? { total: amount } : {}),
      })
      for (const note of notes) void message.info(label(note))
      if (changes.length === 0) void message.info(t('nothingChanged'))
      else if (bench.act({ kind: 'cells', changes })) void message.success(t('previewed', { n: changes.length }))
      setOpen(false)
    } catch (problem) {
      void message.error(problemText(problem))
    } finally {
      setBusy(false)
    }
  }

  const form = (
    <Form layout="vertical" className="plan-cascade" onFinish={() => void preview()} size="small">
      {isTop && (
        <Form.Item label={t('total')} validateStatus={total !== '' && amount === null ? 'error' : ''}>
          <Input
            aria-label={t('total')}
            inputMode="decimal"
            placeholder={t(plan.measure === 'percent' ? 'rateExample' : 'totalExample')}
            value={total}
            onChange={(event) => setTotal(event.target.value)}
          />
        </Form.Item>
      )}
      <CascadeFields
        year={plan.year}
        unit={plan.unit}
        isMoney={plan.measure === 'money'}
        isHandedDown={isHandedDown}
        value={cascade}
        onChange={setCascade}
        withSeason={isTop && plan.rule.periods === 'sum'}
      />
      <div className="plan-new-actions">
        <Button
          type="primary"
          htmlType="submit"
          loading={isBusy}
          disabled={(total !== '' && amount === null) || !(isHandedDown || isWholeWish(cascade))}
        >
          {t('preview')}
        </Button>
      </div>
    </Form>
  )
  return (
    <Popover
      trigger="click"
      placement="bottomLeft"
      open={isOpen}
      onOpenChange={setOpen}
      title={t('cascadeOf', { name: chosen.name })}
      content={form}
    >
      <Button icon={<ApartmentOutlined />} disabled={chosen.kind === 'person'}>
        {t('cascade')}
      </Button>
    </Popover>
  )
}
