import { DatePicker, Form, Input, Modal, Radio, Select } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useQuery } from '@tanstack/react-query'
import { structuresRoute } from '#features/org/contract.ts'
import { call } from '#web/api/call.ts'
import { kitWords } from '#web/kit/words.ts'
import { useMe } from '#web/session/me.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { createDraftRoute, saveDraftRoute, splitDraftRoute, type DraftShape } from '../contract.ts'
import { useDraftAct } from './use-reorganisations.ts'
import { reorganisationWords } from './words.ts'

interface DialogProps {
  readonly onClose: () => void
  readonly onDone: (draftId: string) => void
}

interface Values {
  readonly name: string
  readonly effectiveOn: Dayjs
  readonly structure?: string
  readonly by: 'results' | 'headcount'
}

const dayOf = (day: Dayjs): string => day.format('YYYY-MM-DD')

/** The first day of the month after next month's beginning: nobody reorganises overnight. */
const usualDay = (today: string): Dayjs => dayjs(today).add(1, 'month').startOf('month')

/** Names a reorganisation and its day. */
export function NewDraftDialog({ onClose, onDone }: DialogProps) {
  const t = useWords(reorganisationWords)
  const label = useLabel()
  const { today } = useMe()
  const [form] = Form.useForm<Values>()
  const { data } = useQuery({
    queryKey: ['org', 'structures'],
    queryFn: ({ signal }) => call(structuresRoute, { signal }),
  })
  const structures = data?.structures.filter((one) => one.units > 0 && one.closedOn === null) ?? []
  const act = useDraftAct(
    ({ name, effectiveOn, structure }: Values) =>
      call(createDraftRoute, {
        body: { name, effectiveOn: dayOf(effectiveOn), steps: [], ...(structure ? { structure } : {}) },
      }),
    { form, onDone: (draft) => onDone(draft.id) },
  )
  return (
    <DraftModal title={t('new')} isPending={act.isPending} onOk={form.submit} onClose={onClose}>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ effectiveOn: usualDay(today) }}
        onFinish={(values) => act.mutate(values)}
      >
        <NameAndDay />
        {structures.length > 1 && (
          <Form.Item name="structure" label={t('structure')}>
            <Select
              allowClear
              placeholder={label(structures[0]?.name ?? { zh: '', en: '' })}
              options={structures.map((one) => ({ value: one.key, label: label(one.name) }))}
            />
          </Form.Item>
        )}
      </Form>
    </DraftModal>
  )
}

/** Proposes two halves of a unit, to be edited. */
export function SplitDialog({ unitId, onClose, onDone }: DialogProps & { readonly unitId: string }) {
  const t = useWords(reorganisationWords)
  const { today } = useMe()
  const [form] = Form.useForm<Values>()
  const act = useDraftAct(
    ({ effectiveOn, by }: Values) => call(splitDraftRoute, { body: { unitId, effectiveOn: dayOf(effectiveOn), by } }),
    { form, onDone: (draft) => onDone(draft.id) },
  )
  return (
    <DraftModal title={t('splitTitle')} isPending={act.isPending} onOk={form.submit} onClose={onClose}>
      <p className="muted">{t('splitText')}</p>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ effectiveOn: usualDay(today), by: 'results' }}
        onFinish={(values) => act.mutate(values)}
      >
        <DayField />
        <Form.Item name="by" label={t('splitBy')}>
          <Radio.Group options={(['results', 'headcount'] as const).map((value) => ({ value, label: t(value) }))} />
        </Form.Item>
      </Form>
    </DraftModal>
  )
}

/** Another name or day of a draft. */
export function EditDraftDialog({ draft, onClose }: { readonly draft: DraftShape; readonly onClose: () => void }) {
  const t = useWords(reorganisationWords)
  const [form] = Form.useForm<Values>()
  const act = useDraftAct(
    ({ name, effectiveOn }: Values) =>
      call(saveDraftRoute, {
        params: { id: draft.id },
        body: { version: draft.version, name, effectiveOn: dayOf(effectiveOn), steps: draft.steps },
      }),
    { form, onDone: onClose },
  )
  return (
    <DraftModal title={t('edit')} isPending={act.isPending} onOk={form.submit} onClose={onClose}>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ name: draft.name, effectiveOn: dayjs(draft.effectiveOn) }}
        onFinish={(values) => act.mutate(values)}
      >
        <NameAndDay />
      </Form>
    </DraftModal>
  )
}

interface ModalProps {
  readonly title: string
  readonly isPending: boolean
  readonly onOk: () => void
  readonly onClose: () => void
  readonly children: React.ReactNode
}

function DraftModal({ title, isPending, onOk, onClose, children }: ModalProps) {
  const t = useWords(reorganisationWords)
  const k = useWords(kitWords)
  return (
    <Modal
      open
      title={title}
      okText={t('create')}
      cancelText={k('cancel')}
      confirmLoading={isPending}
      onOk={onOk}
      onCancel={onClose}
    >
      {children}
    </Modal>
  )
}

function NameAndDay() {
  const t = useWords(reorganisationWords)
  return (
    <>
      <Form.Item name="name" label={t('name')} rules={[{ required: true, whitespace: true, message: t('required') }]}>
        <Input maxLength={100} autoFocus />
      </Form.Item>
      <DayField />
    </>
  )
}

function DayField() {
  const t = useWords(reorganisationWords)
  return (
    <Form.Item name="effectiveOn" label={t('effectiveOn')} rules={[{ required: true, message: t('required') }]}>
      <DatePicker allowClear={false} />
    </Form.Item>
  )
}
