import { App, Checkbox, DatePicker, Form, InputNumber, Modal } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { addsUp } from '#engine/metrics/plan-rule.ts'
import { call } from '#web/api/call.ts'
import { problemText } from '#web/kit/problem-text.ts'
import { kitWords } from '#web/kit/words.ts'
import { useWords } from '#web/words/use-words.ts'
import type { PlanSummary } from '../../contract.ts'
import { setPathRoute } from '../../path-contract.ts'
import { usePlanActs } from './use-plan.ts'
import type { Path } from './use-plan-path.ts'
import { pathWords } from './path-words.ts'

interface Options {
  readonly asksReview: boolean
  readonly asksProposals: boolean
  readonly proposalsUntil: Dayjs | null
  readonly appealsUntil: Dayjs | null
  readonly appealDays: number
}

interface PathOptionsProps {
  readonly plan: PlanSummary
  readonly path: Path
  readonly onClose: () => void
}

/** What makes the short way longer: review, proposals, terms of appeals. */
export function PathOptions({ plan, path: { options }, onClose }: PathOptionsProps) {
  const t = useWords(pathWords)
  const k = useWords(kitWords)
  const { message } = App.useApp()
  const { refetch } = usePlanActs()
  const [form] = Form.useForm<Options>()
  const asksProposals = Form.useWatch('asksProposals', form) ?? options.asksProposals
  const save = async (values: Options) => {
    const day = (value: Dayjs | null) => value?.format('YYYY-MM-DD') ?? null
    const body = { ...values, proposalsUntil: day(values.proposalsUntil), appealsUntil: day(values.appealsUntil) }
    try {
      await call(setPathRoute, { params: { planId: plan.id }, body })
      await refetch()
      void message.success(t('optionsKept'))
      onClose()
    } catch (problem) {
      void message.error(problemText(problem))
    }
  }
  const dated = (value: string | null) => (value === null ? null : dayjs(value))
  return (
    <Modal
      open
      title={t('options')}
      okText={k('save')}
      cancelText={k('cancel')}
      onOk={form.submit}
      onCancel={onClose}
      closable={{ 'aria-label': k('close') }}
    >
      <p className="muted">{t('optionsHint')}</p>
      <Form<Options>
        form={form}
        layout="vertical"
        className="plan-options"
        initialValues={{
          ...options,
          proposalsUntil: dated(options.proposalsUntil),
          appealsUntil: dated(options.appealsUntil),
        }}
        onFinish={(values) => void save(values)}
      >
        <Form.Item name="asksReview" valuePropName="checked" extra={t('asksReviewHint')}>
          <Checkbox>{t('asksReview')}</Checkbox>
        </Form.Item>
        <Form.Item
          name="asksProposals"
          valuePropName="checked"
          extra={addsUp(plan.rule) ? undefined : t('proposalsNotSummed')}
        >
          <Checkbox disabled={!addsUp(plan.rule) && !options.asksProposals}>{t('asksProposals')}</Checkbox>
        </Form.Item>
        <Form.Item name="proposalsUntil" label={t('proposalsUntil')} hidden={!asksProposals}>
          <DatePicker format="YYYY-MM-DD" />
        </Form.Item>
        <Form.Item name="appealsUntil" label={t('appealsUntil')} extra={t('appealsUntilHint')}>
          <DatePicker format="YYYY-MM-DD" />
        </Form.Item>
        <Form.Item name="appealDays" label={t('appealDays')} rules={[{ required: true, message: t('appealDays') }]}>
          <InputNumber min={1} max={90} precision={0} />
        </Form.Item>
      </Form>
    </Modal>
  )
}
