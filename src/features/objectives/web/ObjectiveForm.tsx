import { App, Button, Form, Input, Modal, Select } from 'antd'
import { problemText } from '#web/kit/problem-text.ts'
import { kitWords } from '#web/kit/words.ts'
import { useMay } from '#web/session/me.ts'
import { useWhoAndWhen } from '#web/shell/who-and-when.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { OwnerPicker } from '#features/objects/web/index.tsx'
import { UnitChoice } from '#features/org/web/index.tsx'
import { objectiveManage, type Objective } from '../contract.ts'
import { makesCircle } from '../objective-tree.ts'
import { LinksField, type PlanLink } from './LinksField.tsx'
import { useMeasures, useObjectiveActs } from './use-objectives.ts'
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
  readonly note: string
  readonly ownerId: string | null
  readonly unitId: string | null
  readonly links: readonly PlanLink[]
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
  const acts = useObjectiveActs()
  const [form] = Form.useForm<Values>()
  const measured = Form.useWatch('metric', form) ?? objective?.metric ?? ''
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
      note: values.note,
      ownerId: values.ownerId,
      unitId: values.unitId,
      parentId: values.parentId === '' ? null : values.parentId,
      period: values.period,
      metric: values.metric === '' ? null : values.metric,
      status: values.status,
    }
    const links = values.links.map(({ planId, node }) => ({ planId, node }))
    return attempt(() => acts.save.mutateAsync({ known: objective, fields, links }))
  }
  const saveStatus = (values: Values) =>
    attempt(async () => {
      if (objective) await acts.setStatus.mutateAsync({ ...objective, status: values.status, note: values.note })
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
          note: objective?.note ?? '',
          ownerId: objective?.ownerId ?? null,
          unitId: objective?.unitId ?? null,
          links: objective?.links ?? [],
        }}
        onFinish={(values) => void (manages ? submit(values) : saveStatus(values))}
      >
        <Form.Item name="name" label={t('name')} rules={[{ required: true, message: t('required') }]}>
          <Input maxLength={200} disabled={!manages} />
        </Form.Item>
        <Form.Item name="note" label={t('why')}>
          <Input.TextArea rows={2} maxLength={2000} />
        </Form.Item>
        <Form.Item name="ownerId" label={t('owner')} extra={t('ownerHint')}>
          <Owner name={objective?.ownerName ?? undefined} isFixed={!manages} />
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
        {measured !== '' && (
          <Form.Item name="unitId" label={t('unit')}>
            {manages ? (
              <UnitChoice placeholder={t('wholeCompany')} />
            ) : (
              <Input disabled value={objective?.unitName ?? ''} />
            )}
          </Form.Item>
        )}
        <Form.Item name="status" label={t('status')}>
          <Select options={(['open', 'reached', 'dropped'] as const).map((value) => ({ value, label: t(value) }))} />
        </Form.Item>
        <Form.Item name="links" label={t('links')} extra={t('linksHint')}>
          <LinksField disabled={!manages} />
        </Form.Item>
      </Form>
    </Modal>
  )
}

interface OwnerProps {
  readonly id?: string
  readonly value?: string | null
  readonly name: string | undefined
  readonly isFixed: boolean
  readonly onChange?: (id: string | null) => void
}

/** Who answers for it: chosen by those who manage objectives, read by all others. */
function Owner({ id, value = null, name, isFixed, onChange }: OwnerProps) {
  const known = id === undefined ? {} : { id }
  if (isFixed) return <Input {...known} disabled value={name ?? '—'} />
  return <OwnerPicker {...known} value={value} name={name} onChange={(next) => onChange?.(next)} />
}
