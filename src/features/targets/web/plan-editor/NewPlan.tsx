import { App, Button, Form, Input } from 'antd'
import { useState } from 'react'
import { readDecimal } from '#engine/money/decimal.ts'
import { grouped } from '#engine/money/short-form.ts'
import { Panel } from '#web/kit/Panel.tsx'
import { problemText } from '#web/kit/problem-text.ts'
import { useMe } from '#web/session/me.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { CascadeFields, usualCascade, wishOf } from './CascadeFields.tsx'
import { usePlanActs, type usePlannableMetrics } from './use-plan.ts'
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
  const read = readDecimal(text)
  const isWrong = text.trim() !== '' && (!read.ok || read.value.startsWith('-'))

  const submit = async () => {
    if (!read.ok) return
    try {
      const { notes } = await create.mutateAsync({
        metric: metric.key,
        year,
        total: read.value,
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
        <Form.Item
          label={`${t('total')}${isMoney ? ` (${company.currency})` : ''}`}
          validateStatus={isWrong ? 'error' : ''}
          help={isWrong ? t('notANumber', { text }) : read.ok && text.trim() !== '' ? grouped(read.value) : undefined}
        >
          <Input
            aria-label={t('total')}
            inputMode="decimal"
            placeholder={t('totalExample')}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </Form.Item>
        <CascadeFields
          year={year}
          unit={isMoney ? '0.01' : '1'}
          isMoney={isMoney}
          value={cascade}
          onChange={setCascade}
          isNew
          withSeason
        />
        <div className="plan-new-actions">
          <Button type="primary" htmlType="submit" loading={create.isPending} disabled={!read.ok || isWrong}>
            {t('create')}
          </Button>
        </div>
      </Form>
    </Panel>
  )
}
