import { App, Button, Form, Input, InputNumber, Segmented } from 'antd'
import { useState } from 'react'
import { yearPeriod } from '#engine/calendar/period.ts'
import { grouped } from '#engine/money/short-form.ts'
import { fromUnits, toUnits } from '#engine/money/units.ts'
import { amountText, typedAmount } from '#web/kit/amount-text.ts'
import { LoadingState } from '#web/kit/PageStates.tsx'
import { Panel } from '#web/kit/Panel.tsx'
import { problemText } from '#web/kit/problem-text.ts'
import { useMe } from '#web/session/me.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { raised } from '../../relative-entry.ts'
import { CascadeFields, isWholeWish, StepField, usualCascade, wishOf } from './CascadeFields.tsx'
import { usePlanActs, usePlans, useResultOfYear, type usePlannableMetrics } from './use-plan.ts'
import { planWords } from './words.ts'

interface NewPlanProps {
  readonly metric: NonNullable<ReturnType<typeof usePlannableMetrics>['data']>[number]
  readonly year: number
}

/** The first plan of a company begins with a total, every later one with the plan of the year before. */
export function NewPlan({ metric, year }: NewPlanProps) {
  const before = usePlans(metric.key, year - 1)
  if (before.isPending) return <LoadingState rows={6} />
  const hasLast = before.data !== undefined && before.data !== null
  return <NewPlanForm metric={metric} year={year} lastTotal={before.data?.total ?? null} hasLast={hasLast} />
}

/** Notes say how the plan came about; they are longer than what is said in passing. */
const secondsToRead = 10

type Start = 'total' | 'targets' | 'actuals'

interface NewPlanFormProps extends NewPlanProps {
  readonly hasLast: boolean
  /** What the plan of the year before comes to; null where that is not one figure. */
  readonly lastTotal: string | null
}

function NewPlanForm({ metric, year, lastTotal, hasLast }: NewPlanFormProps) {
  const t = useWords(planWords)
  const label = useLabel()
  const { company } = useMe()
  const { message } = App.useApp()
  const { create } = usePlanActs()
  const isMoney = metric.unit === 'money'
  const unit = isMoney ? '0.01' : '1'
  const [text, setText] = useState('')
  const [cascade, setCascade] = useState(usualCascade(year, true))
  const [start, setStart] = useState<Start>(hasLast ? 'targets' : 'total')
  const [growth, setGrowth] = useState(10)
  const amount = typedAmount(text, metric.unit)
  const fault = text.trim() === '' ? null : faultOfTotal(amount)
  const isShared = metric.kind !== 'ratio'
  const isReady = start !== 'total' || (text.trim() !== '' && fault === null && (!isShared || isWholeWish(cascade)))

  const typedHelp = amount === null || text.trim() === '' ? undefined : amountText(amount, metric.unit)

  const submit = async () => {
    if (!isReady) return
    try {
      const { notes } = await create.mutateAsync({
        metric: metric.key,
        year,
        ...(start === 'total' ? { total: amount ?? '0' } : { from: { basis: start, growth: String(growth) } }),
        cascade: wishOf(cascade),
      })
      for (const note of notes) void message.info(label(note), secondsToRead)
    } catch (problem) {
      void message.error(problemText(problem))
    }
  }

  return (
    <Panel className="plan-new" title={t('none', { metric: label(metric.label) })}>
      <p className="muted">{t(isShared ? 'noneText' : 'noneTextRate')}</p>
      <Form layout="vertical" onFinish={() => void submit()} requiredMark={false}>
        <Form.Item label={t('startFrom')} extra={start === 'total' ? undefined : t(startHints[start])}>
          <Segmented<Start>
            aria-label={t('startFrom')}
            value={start}
            options={[
              { value: 'targets', label: t('fromTargets', { year: year - 1 }), disabled: !hasLast },
              { value: 'actuals', label: t('fromActuals', { year: year - 1 }) },
              { value: 'total', label: t('fromTotal') },
            ]}
            onChange={setStart}
          />
        </Form.Item>
        {start !== 'total' && (
          <>
            <Form.Item label={t('growth')}>
              <InputNumber
                aria-label={t('growth')}
                min={-100}
                max={1000}
                precision={2}
                suffix="%"
                value={growth}
                onChange={(value) => setGrowth(value ?? 0)}
              />
            </Form.Item>
            {metric.kind === 'flow' && (
              <Outcome
                metric={metric.key}
                year={year}
                start={start}
                growth={growth}
                lastTotal={lastTotal}
                unit={unit}
              />
            )}
            {isShared && <StepField unit={unit} isMoney={isMoney} value={cascade} onChange={setCascade} />}
          </>
        )}
        {start === 'total' && (
          <>
            <Form.Item
              label={`${t(totalWord(metric.kind))}${isMoney ? ` (${company.currency})` : ''}`}
              validateStatus={fault ? 'error' : ''}
              help={fault ? t(fault, { text }) : typedHelp}
            >
              <Input
                aria-label={t('total')}
                inputMode="decimal"
                placeholder={t(metric.unit === 'percent' ? 'rateExample' : 'totalExample')}
                value={text}
                onChange={(event) => setText(event.target.value)}
              />
            </Form.Item>
            <CascadeFields
              year={year}
              unit={unit}
              isMoney={isMoney}
              isHandedDown={!isShared}
              value={cascade}
              onChange={setCascade}
              isNew
              withSeason={metric.kind === 'flow'}
            />
          </>
        )}
        <div className="plan-new-actions">
          <Button type="primary" htmlType="submit" loading={create.isPending} disabled={!isReady}>
            {t('create')}
          </Button>
        </div>
      </Form>
    </Panel>
  )
}

const startHints = { targets: 'growthHint', actuals: 'actualsHint' } as const

interface OutcomeProps {
  readonly metric: string
  readonly year: number
  readonly start: 'targets' | 'actuals'
  readonly growth: number
  readonly lastTotal: string | null
  readonly unit: string
}

/** What the year before came to, and the total that the growth makes of it. */
function Outcome({ metric, year, start, growth, lastTotal, unit }: OutcomeProps) {
  const t = useWords(planWords)
  const { company, today } = useMe()
  // While the year runs, the server takes its missing months from the year before: it alone knows what they come to.
  const isOver = yearPeriod(company.calendar, year - 1).to <= today
  const result = useResultOfYear(metric, year - 1, start === 'actuals' && isOver)
  if (start === 'actuals' && !isOver)
    return <p className="muted">{t('stillRunning', { last: year - 1, before: year - 2 })}</p>
  const base = start === 'targets' ? lastTotal : (result.data ?? null)
  if (base === null || base.startsWith('-')) return null
  const total = fromUnits(raised(toUnits(base, unit), String(growth)), unit)
  return (
    <p className="plan-outcome num" aria-live="polite">
      {t('outcome', { before: grouped(base), after: grouped(total), last: year - 1, year })}
    </p>
  )
}

/** Why what was typed is no total. */
function faultOfTotal(amount: string | null): 'totalNotANumber' | 'totalBelowZero' | null {
  if (amount === null) return 'totalNotANumber'
  return amount.startsWith('-') ? 'totalBelowZero' : null
}

/** What one number at the top stands for. */
function totalWord(kind: NewPlanProps['metric']['kind']): 'total' | 'levelOfYear' | 'rateOfYear' | 'countOfYear' {
  if (kind === 'stock') return 'levelOfYear'
  if (kind === 'ratio') return 'rateOfYear'
  return kind === 'distinct' ? 'countOfYear' : 'total'
}
