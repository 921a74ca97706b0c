import { App, Button, Form, Input, Modal, Select } from 'antd'
import { problemText } from '#web/kit/problem-text.ts'
import { kitWords } from '#web/kit/words.ts'
import { useMay } from '#web/session/me.ts'
import { useWhoAndWhen } from '#web/shell/who-and-when.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { objectiveManage, type Objective } from '../contract.ts'
import { makesCircle } from '../objective-tree.ts'
import { useLinkablePlans, useMeasures, useObjectiveActs } from './use-objectives.ts'
import { objectiveWords } from './words.ts'

interface ObjectiveFormProps {
  /** Absent: a new one below `parentId`. */
  readonly objective?: Objective
  readonly parentId: string | null
  readonly all: readonly Objective[]
  readonly onClose: () => void
}

interface Values {
  readonly name: string
  readonly parentId: string
  readonly period: string
  readonly metric: string
  readonly status: Objective['status']
  readonly plans: readonly string[]
}

/** An objective: where it stands, when, how it is measured, which plans serve it. Its owner says how it stands. */
export function ObjectiveForm({ objective, parentId, all, onClose }: ObjectiveFormProps) {
  const t = useWords(objectiveWords)
  const k = useWords(kitWords)
  const label = useLabel()
  const { message } = App.useApp()
  const { period } = useWhoAndWhen()
  const manages = useMay(objectiveManage)
  const measures = useMeasures()
  const plans = useLinkablePlans()
  const acts = useObjectiveActs()
  const [form] = Form.useForm<Values>()
  const places = all.filter((one) => !objective || !makesCircle(all, objective.id, one.id))
  const attempt = async (act: () => Promise<unknown>) => {
    try {
      await act()
      onClose()
    } catch (problem) {
      void message.error(problemText(problem))
    }
  }
  const submit = (values: Values) => {
    const fields = {
      name: values.name,
      parentId: values.parentId === '' ? null : values.parentId,
      period: values.period,
      metric: values.metric === '' ? null : values.metric,
      status: values.status,
    }
    const rows = objective?.links.flatMap(({ planId, node }) => (node === null ? [] : [{ planId, node }])) ?? []
    const links = [...values.plans.map((planId) => ({ planId, node: null })), ...rows]
    return attempt(() => acts.save.mutateAsync({ known: objective, fields, links }))
  }
  const saveStatus = (values: Values) =>
    attempt(async () => {
      if (objective) await acts.setStatus.mutateAsync({ ...objective, status: values.status })
    })
  return (
    <Modal
      open
      title={objective?.name ?? t('add')}
      onCancel={onClose}
      closable={{ 'aria-label': k('close') }}
      footer={
        <div className="objective-footer">
          {objective && manages && (
            <Button
              danger
              type="text"
              loading={acts.remove.isPending}
              onClick={() => void attempt(() => acts.remove.mutateAsync(objective.id))}
            >
              {t('remove')}
            </Button>
          )}
          <Button onClick={onClose}>{k('cancel')}</Button>
          <Button type="primary" loading={acts.save.isPending} onClick={form.submit}>
            {k('save')}
          </Button>
        </div>
      }
    >
      <Form<Values>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{
          name: objective?.name,
          parentId: parentId ?? '',
          period: objective?.period ?? String(period.year),
          metric: objective?.metric ?? '',
          status: objective?.status ?? 'open',
          plans: objective?.links.flatMap(({ planId, node }) => (node === null ? [planId] : [])) ?? [],
        }}
        onFinish={(values) => void (manages ? submit(values) : saveStatus(values))}
      >
        <Form.Item name="name" label={t('name')} rules={[{ required: true, message: t('required') }]}>
          <Input maxLength={200} disabled={!manages} />
        </Form.Item>
        <Form.Item name="parentId" label={t('parent')}>
          <Select
            disabled={!manages}
            options={[{ value: '', label: t('top') }, ...places.map(({ id, name }) => ({ value: id, label: name }))]}
          />
        </Form.Item>
        <Form.Item name="period" label={t('period')} rules={[{ required: true, message: t('required') }]}>
          <Input maxLength={20} disabled={!manages} />
        </Form.Item>
        <Form.Item name="metric" label={t('metric')}>
          <Select
            disabled={!manages}
            options={[
              { value: '', label: t('noMetric') },
              ...(measures.data ?? []).map((metric) => ({ value: metric.key, label: label(metric.label) })),
            ]}
          />
        </Form.Item>
        <Form.Item name="status" label={t('status')}>
          <Select options={(['open', 'reached', 'dropped'] as const).map((value) => ({ value, label: t(value) }))} />
        </Form.Item>
        <Form.Item name="plans" label={t('links')}>
          <Select
            mode="multiple"
            disabled={!manages}
            options={(plans.data ?? []).map((plan) => ({
              value: plan.id,
              label: `${label(plan.metricLabel)} ${label(plan.yearLabel)}`,
            }))}
          />
        </Form.Item>
      </Form>
    </Modal>
  )
}
