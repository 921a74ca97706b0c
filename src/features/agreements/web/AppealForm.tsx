import { App, Checkbox, Form, Input, Modal, Select } from 'antd'
import { periodsTogether } from '#engine/metrics/plan-rule.ts'
import { sumOf } from '#engine/money/decimal.ts'
import { amountText, typedAmount } from '#web/kit/amount-text.ts'
import { plainDay } from '#web/kit/date-text.ts'
import { problemText } from '#web/kit/problem-text.ts'
import { kitWords } from '#web/kit/words.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import type { OwnTarget } from '../contract.ts'
import { useAgreementActs } from './use-agreements.ts'
import { agreementWords } from './words.ts'

interface Values {
  readonly from: number
  readonly asked: string
  readonly reasons: string
  readonly attach: boolean
}

/** Appeals against a target from a period on: to what, and why. */
export function AppealForm({ target, onClose }: { readonly target: OwnTarget; readonly onClose: () => void }) {
  const t = useWords(agreementWords)
  const k = useWords(kitWords)
  const label = useLabel()
  const { message } = App.useApp()
  const { lodge } = useAgreementActs()
  const [form] = Form.useForm<Values>()
  const from = Form.useWatch('from', form) ?? target.firstOpen ?? 1
  const asked = Form.useWatch('asked', form) ?? ''
  const { plan } = target
  const isSummed = plan.rule.periods === 'sum'
  const standing = periodsTogether(target.months.slice(from - 1), plan)
  const wanted = typedAmount(asked, plan.measure)
  const shown = (amount: string) => amountText(amount, plan.measure)
  const year = wanted !== null && isSummed ? sumOf([...target.months.slice(0, from - 1), wanted]) : null
  const submit = async (values: Values) => {
    const wish = {
      planId: target.plan.id,
      node: target.node,
      from: values.from,
      asked: typedAmount(values.asked, plan.measure) ?? values.asked,
      reasons: values.reasons,
      evidence: values.attach ? [target.plan.year - 1, target.plan.year] : [],
    }
    try {
      const { appeal } = await lodge.mutateAsync(wish)
      void message.success(t('lodged', { name: appeal.decider?.name ?? t('makers'), day: plainDay(appeal.decideBy) }))
      onClose()
    } catch (problem) {
      void message.error(problemText(problem))
    }
  }
  return (
    <Modal
      open
      title={`${t('appeal')} · ${label(target.plan.metricLabel)}`}
      okText={t('lodge')}
      cancelText={k('cancel')}
      confirmLoading={lodge.isPending}
      onOk={form.submit}
      onCancel={onClose}
      closable={{ 'aria-label': k('close') }}
    >
      <Form<Values>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ from: target.firstOpen, attach: true }}
        onFinish={(values) => void submit(values)}
      >
        <Form.Item name="from" label={t('from')} extra={t('standing', { amount: shown(standing) })}>
          <Select
            options={target.periods.flatMap((period, at) =>
              at + 1 < (target.firstOpen ?? 1) ? [] : [{ value: at + 1, label: label(period.label) }],
            )}
          />
        </Form.Item>
        <Form.Item
          name="asked"
          label={t('asked')}
          extra={year === null ? null : t('yearThen', { amount: shown(year) })}
          rules={[
            { required: true, whitespace: true, message: t('required') },
            {
              validator: async (_rule, text: string | undefined) => {
                if (text && typedAmount(text, plan.measure) === null) throw new Error(t('notANumber'))
                if (text && typedAmount(text, plan.measure)?.startsWith('-')) throw new Error(t('belowZero'))
              },
            },
          ]}
        >
          <Input className="num" inputMode="decimal" autoComplete="off" maxLength={24} />
        </Form.Item>
        <Form.Item
          name="reasons"
          label={t('reasons')}
          rules={[{ required: true, whitespace: true, message: t('required') }]}
        >
          <Input.TextArea rows={3} maxLength={2000} placeholder={t('reasonsExample')} />
        </Form.Item>
        <Form.Item name="attach" valuePropName="checked">
          <Checkbox>{t('attach')}</Checkbox>
        </Form.Item>
      </Form>
    </Modal>
  )
}
