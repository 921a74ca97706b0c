import { Form, Input, Modal, Select } from 'antd'
import { call } from '#web/api/call.ts'
import { kitWords } from '#web/kit/words.ts'
import { useMay, useRoles } from '#web/session/me.ts'
import { useWords } from '#web/words/use-words.ts'
import { addPersonRoute } from '../contract.ts'
import type { UnitRow } from '../org-tree.ts'
import { DayInput, UnitPicker } from './Pickers.tsx'
import { orgWords } from './org-words.ts'
import { useOrgAct } from './use-org.ts'

interface AddPersonDialogProps {
  readonly rows: readonly UnitRow[]
  readonly unitId?: string | undefined
  readonly onClose: () => void
}

interface Values {
  readonly name: string
  readonly unitId?: string
  readonly position?: string
  readonly role: string
  readonly from?: string | null
  readonly email?: string
  readonly phone?: string
  readonly employeeNo?: string
}

/** Adds a person; only the name is needed. */
export function AddPersonDialog({ rows, unitId, onClose }: AddPersonDialogProps) {
  const t = useWords(orgWords)
  const k = useWords(kitWords)
  const { options } = useRoles()
  const maySetRole = useMay('org.access')
  const [form] = Form.useForm<Values>()
  const act = useOrgAct(
    ({ name, unitId: unit, position, role, from, email, phone, employeeNo }: Values) =>
      call(addPersonRoute, {
        body: {
          name,
          role,
          email: email || null,
          phone: phone || null,
          employeeNo: employeeNo || null,
          position: position || null,
          ...(unit ? { unitId: unit } : {}),
          ...(from ? { from } : {}),
        },
      }),
    { form, onDone: onClose },
  )
  return (
    <Modal
      open
      title={t('addPerson')}
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
        initialValues={{ unitId, role: 'representative' }}
        onFinish={(values) => act.mutate(values)}
      >
        <Form.Item
          name="name"
          label={t('personName')}
          rules={[{ required: true, whitespace: true, message: t('required') }]}
        >
          <Input maxLength={100} autoFocus autoComplete="off" />
        </Form.Item>
        <div className="org-pair">
          <Form.Item name="unitId" label={t('unit')}>
            <UnitPicker rows={rows} />
          </Form.Item>
          <Form.Item name="from" label={t('fromOptional')} extra={t('fromPersonHint')}>
            <DayInput />
          </Form.Item>
        </div>
        <div className="org-pair">
          <Form.Item name="position" label={t('position')}>
            <Input maxLength={60} />
          </Form.Item>
          <Form.Item name="role" label={t('role')}>
            <Select disabled={!maySetRole} options={[...options]} />
          </Form.Item>
        </div>
        <div className="org-pair">
          <Form.Item name="email" label={t('email')}>
            <Input type="email" maxLength={200} autoComplete="off" />
          </Form.Item>
          <Form.Item name="phone" label={t('phone')}>
            <Input inputMode="tel" maxLength={30} autoComplete="off" />
          </Form.Item>
        </div>
        <Form.Item name="employeeNo" label={t('employeeNo')} extra={t('noContact')}>
          <Input maxLength={60} autoComplete="off" />
        </Form.Item>
      </Form>
    </Modal>
  )
}
