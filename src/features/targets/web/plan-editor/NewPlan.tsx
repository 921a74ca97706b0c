import { App, Button, Form, Input, InputNumber, Segmented } from 'antd'
import { useState } from 'react'
import { grouped } from '#engine/money/short-form.ts'
import { Panel } from '#web/kit/Panel.tsx'
import { problemText } from '#web/kit/problem-text.ts'
import { useMe } from '#web/session/me.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { CascadeFields, usualCascade, wishOf } from './CascadeFields.tsx'
import { usePlanActs, type usePlannableMetrics } from './use-plan.ts'
import { typedAmount } from './cell-text.ts'
import { planWords } from './words.ts'

interface NewPlanProps {
  readonly metric: NonNullable<ReturnType<typeof usePlannableMetrics>['data']>[number]
  readonly year: number
}

/** From one total to targets for everybody. */
export function NewPlan({ metric, year }: NewPlanProps) {
  const t = useWords(planWords)
  const label = useLabel()
  const { company } = useMe()
  const { message } = App.useApp()
  const { create } = usePlanActs()
  const [text, setText] = useState('')
  const isMoney = metric.unit === 'money'
  const [cascade, setCascade] = useState(usualCascade(year, true))
  const [start, setStart] = useState<'total' | 'targets' | 'actuals'>('total')
  const [growth, setGrowth] = useState(10)
  const amount = typedAmount(text, metric.unit)
  const isReady = start === 'total' ? amount !== null && text.trim() !== '' : true
  const isWrong = text.trim() !== '' && (amount === null || amount.startsWith('-'))
  const isShared = metric.kind !== 'ratio'

  const typedHelp = amount === null || text.trim() === '' || metric.unit === 'percent' ? undefined : grouped(amount)

  const submit = async () => {
    if (!isReady) return
    try {
      const { notes } = await create.mutateAsync({
        metric: metric.key,
        year,
        ...(start === 'total' ? { total: amount ?? '0' } : { from: { basis: start, growth: String(growth) } }),
        cascade: wishOf(cascade),
      })
      for (const note of notes) void message.info(label(note))
    } catch (problem) {
      void message.error(problemText(problem))
    }
  }

  return (
    <Panel className="plan-new" title={t('none', { metric: label(metric.label) })}>
      <p className="muted">{t('noneText')}</p>
      <Form layout="vertical" onFinish={() => void submit()} requiredMark={false}>
        <Form.Item label={t('startFrom')} help={start === 'targets' ? t('growthHint') : undefined}>
          <Segmented<typeof start>
            aria-label={t('startFrom')}
            value={start}
            options={[
              { value: 'total', label: t('fromTotal') },
              { value: 'targets', label: t('fromTargets', { year: year - 1 }) },
              { value: 'actuals', label: t('fromActuals', { year: year - 1 }) },
            ]}
            onChange={setStart}
          />
        </Form.Item>
        {start !== 'total' && (
          <Form.Item label={t('growth')}>
            <InputNumber
              aria-label={t('growth')}
              min={-100}
              max={1000}
              precision={2}
              value={growth}
              onChange={(value) => setGrowth(value ?? 0)}
            />
          </Form.Item>
        )}
        {start === 'total' && (
          <Form.Item
            label={`${t(totalWord(metric.kind))}${isMoney ? ` (${company.currency})` : ''}`}
            validateStatus={isWrong ? 'error' : ''}
            help={isWrong ? t('notANumber', { text }) : typedHelp}
          >
            <Input
              aria-label={t('total')}
              inputMode="decimal"
              placeholder={t('totalExample')}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          </Form.Item>
        )}
        {start === 'total' && (
          <CascadeFields
            year={year}
            unit={isMoney ? '0.01' : '1'}
            isMoney={isMoney}
            isHandedDown={!isShared}
            value={cascade}
            onChange={setCascade}
            isNew
            withSeason={metric.kind === 'flow'}
          />
        )}
        <div className="plan-new-actions">
          <Button
            type="primary"
            htmlType="submit"
            loading={create.isPending}
            disabled={!isReady || (start === 'total' && isWrong)}
          >
            {t('create')}
          </Button>
        </div>
      </Form>
    </Panel>
  )
}

/** What one number at the top stands for. */
function totalWord(kind: NewPlanProps['metric']['kind']): 'total' | 'levelOfYear' | 'rateOfYear' | 'countOfYear' {
  if (kind === 'stock') return 'levelOfYear'
  if (kind === 'ratio') return 'rateOfYear'
  return kind === 'distinct' ? 'countOfYear' : 'total'
}
