import { Button, Form, Input, Select } from 'antd'
import { call } from '#web/api/call.ts'
import { kitWords } from '#web/kit/words.ts'
import { useMay, useRoles } from '#web/session/me.ts'
import { useWords } from '#web/words/use-words.ts'
import { changePersonRoute, type PersonReply } from '../contract.ts'
import { orgWords } from './org-words.ts'
import { useOrgAct } from './use-org.ts'

interface Values {
  readonly name: string
  readonly email?: string | null
  readonly phone?: string | null
  readonly employeeNo?: string | null
  readonly role: string
}

/** Changes a person's name, contacts and role. */
export function PersonForm({ person }: { readonly person: PersonReply }) {
  const t = useWords(orgWords)
  const k = useWords(kitWords)
  const { options } = useRoles()
  const mayAccess = useMay('org.access')
  const [form] = Form.useForm<Values>()
  const act = useOrgAct(
    ({ name, email, phone, employeeNo, role }: Values) =>
      call(changePersonRoute, {
        params: { id: person.id },
        body: {
          version: person.version,
          name,
          role,
          employeeNo: employeeNo || null,
          ...(mayAccess || !person.canSignIn ? { email: email || null, phone: phone || null } : {}),
        },
      }),
    { form },
  )
  const { name, email, phone, employeeNo, role } = person
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{ name, email, phone, employeeNo, role }}
      onFinish={(values) => act.mutate(values)}
    >
      <div className="org-pair">
        <Form.Item
          name="name"
          label={t('personName')}
          rules={[{ required: true, whitespace: true, message: t('required') }]}
        >
          <Input maxLength={100} autoComplete="off" />
        </Form.Item>
        <Form.Item name="role" label={t('role')}>
          <Select disabled={!mayAccess} options={[...options]} />
        </Form.Item>
      </div>
      <div className="org-pair">
        <Form.Item name="email" label={t('email')}>
          <Input type="email" maxLength={200} autoComplete="off" disabled={person.canSignIn && !mayAccess} />
        </Form.Item>
        <Form.Item name="phone" label={t('phone')}>
          <Input inputMode="tel" maxLength={30} autoComplete="off" disabled={person.canSignIn && !mayAccess} />
        </Form.Item>
      </div>
      <Form.Item name="employeeNo" label={t('employeeNo')}>
        <Input maxLength={60} autoComplete="off" />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={act.isPending}>
        {k('save')}
      </Button>
    </Form>
  )
}
