import { Form, Input, Modal } from 'antd'
import { call } from '#web/api/call.ts'
import { kitWords } from '#web/kit/words.ts'
import { useWords } from '#web/words/use-words.ts'
import {
  changeUnitRoute,
  closeUnitRoute,
  createUnitRoute,
  mergeUnitRoute,
  moveUnitRoute,
  type TreeUnit,
} from '../contract.ts'
import { keysBelow, type UnitRow } from '../org-tree.ts'
import { DayInput, PersonPicker, UnitPicker } from './Pickers.tsx'
import { orgWords } from './org-words.ts'
import { useOrgAct } from './use-org.ts'

interface DialogProps {
  readonly row: UnitRow
  readonly onClose: () => void
}

interface OrgDialogProps extends DialogProps {
  readonly rows: readonly UnitRow[]
  /** The day that the page shows: what a change begins on unless told otherwise. */
  readonly day: string
}

interface NewUnitValues {
  readonly name: string
  readonly tier?: string
  readonly code?: string
  readonly headId?: string
  readonly from?: string | null
}

/** Creates a unit under another. */
export function NewUnitDialog({ row, units, onClose }: DialogProps & { readonly units: readonly TreeUnit[] }) {
  const t = useWords(orgWords)
  const k = useWords(kitWords)
  const [form] = Form.useForm<NewUnitValues>()
  const act = useOrgAct(
    ({ name, tier, code, headId, from }: NewUnitValues) =>
      call(createUnitRoute, {
        body: {
          name,
          parentId: row.key,
          tier: tier || null,
          code: code || null,
          headId: headId ?? null,
          ...(from ? { from } : {}),
        },
      }),
    { form, onDone: onClose },
  )
  // Siblings usually are of one tier.
  const tier = row.rows.find((inner) => inner.kind === 'unit')?.unit.tier ?? undefined
  return (
    <Modal
      open
      title={`${t('addUnit')} · ${row.unit.name}`}
      okText={k('save')}
      cancelText={k('cancel')}
      confirmLoading={act.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ tier }}
        onFinish={(values) => act.mutate(values)}
      >
        <UnitFields units={units} />
        <Form.Item name="from" label={t('fromOptional')} extra={t('fromUnitHint')}>
          <DayInput />
        </Form.Item>
      </Form>
    </Modal>
  )
}

/** Renames a unit, sets tier, code and head. */
export function EditUnitDialog({ row, units, onClose }: DialogProps & { readonly units: readonly TreeUnit[] }) {
  const t = useWords(orgWords)
  const k = useWords(kitWords)
  const [form] = Form.useForm<NewUnitValues>()
  const { id, name, tier, code, headId, version } = row.unit
  const act = useOrgAct(
    (values: NewUnitValues) =>
      call(changeUnitRoute, {
        params: { id },
        body: {
          version,
          name: values.name,
          tier: values.tier || null,
          code: values.code || null,
          headId: values.headId ?? null,
        },
      }),
    { form, onDone: onClose },
  )
  return (
    <Modal
      open
      title={t('editUnit')}
      okText={k('save')}
      cancelText={k('cancel')}
      confirmLoading={act.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ name, tier, code, headId }}
        onFinish={(values) => act.mutate(values)}
      >
        <UnitFields units={units} />
      </Form>
    </Modal>
  )
}

function UnitFields({ units }: { readonly units: readonly TreeUnit[] }) {
  const t = useWords(orgWords)
  return (
    <>
      <Form.Item name="name" label={t('name')} rules={[{ required: true, whitespace: true, message: t('required') }]}>
        <Input maxLength={100} autoFocus />
      </Form.Item>
      <div className="org-pair">
        <Form.Item name="tier" label={t('tier')}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="code" label={t('code')}>
          <Input maxLength={60} />
        </Form.Item>
      </div>
      <Form.Item name="headId" label={t('head')}>
        <PersonPicker units={units} />
      </Form.Item>
    </>
  )
}

interface Placed {
  readonly target: string
  readonly from: string
}

/** Moves a unit, or merges it into another, from a day on. */
export function PlaceUnitDialog({
  row,
  rows,
  day,
  kind,
  target,
  onClose,
}: OrgDialogProps & { readonly kind: 'move' | 'merge'; readonly target?: string | undefined }) {
  const t = useWords(orgWords)
  const k = useWords(kitWords)
  const field = kind === 'move' ? 'parentId' : 'intoId'
  const [form] = Form.useForm()
  const act = useOrgAct(
    ({ target: to, from }: Placed): Promise<unknown> =>
      kind === 'move'
        ? call(moveUnitRoute, { params: { id: row.key }, body: { parentId: to, from } })
        : call(mergeUnitRoute, { params: { id: row.key }, body: { intoId: to, from } }),
    { form, onDone: onClose },
  )
  const required = { required: true, message: t('required') }
  return (
    <Modal
      open
      title={t(kind === 'move' ? 'moveTitle' : 'mergeTitle', { name: row.unit.name })}
      okText={k('save')}
      cancelText={k('cancel')}
      confirmLoading={act.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <p className="muted">{t(kind === 'move' ? 'moveText' : 'mergeText')}</p>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ [field]: target, from: day }}
        onFinish={(values) => act.mutate({ target: values[field], from: values.from })}
      >
        <Form.Item name={field} label={t(kind === 'move' ? 'parent' : 'into')} rules={[required]}>
          <UnitPicker rows={rows} except={keysBelow(row)} />
        </Form.Item>
        <Form.Item name="from" label={t('from')} rules={[required]}>
          <DayInput allowClear={false} />
        </Form.Item>
      </Form>
    </Modal>
  )
}

/** Closes an empty unit. */
export function CloseUnitDialog({ row, day, onClose }: DialogProps & { readonly day: string }) {
  const t = useWords(orgWords)
  const k = useWords(kitWords)
  const [form] = Form.useForm<{ on: string }>()
  const act = useOrgAct(({ on }: { on: string }) => call(closeUnitRoute, { params: { id: row.key }, body: { on } }), {
    form,
    onDone: onClose,
  })
  return (
    <Modal
      open
      title={t('closeTitle', { name: row.unit.name })}
      okText={k('save')}
      cancelText={k('cancel')}
      confirmLoading={act.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <p className="muted">{t('closeText')}</p>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ on: day }}
        onFinish={(values) => act.mutate(values)}
      >
        <Form.Item name="on" label={t('on')} rules={[{ required: true, message: t('required') }]}>
          <DayInput allowClear={false} />
        </Form.Item>
      </Form>
    </Modal>
  )
}
