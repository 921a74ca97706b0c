import { App, Form, Input, Modal, Select } from 'antd'
import { ApiProblem } from '#web/api/problem.ts'
import { problemText } from '#web/kit/problem-text.ts'
import { kitWords } from '#web/kit/words.ts'
import { useGo } from '#web/shell/address.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import type { RoleView } from '../contract.ts'
import { differencesOf } from './role-draft.ts'
import { roleWords } from './role-words.ts'
import { useRoleActs } from './use-roles.ts'

interface NewRoleDialogProps {
  readonly roles: readonly RoleView[]
  /** The role to begin with; absent: the representative. */
  readonly copied: RoleView | undefined
  readonly onClose: () => void
}

interface Values {
  readonly zh: string
  readonly en: string
  /** `basis:manager`, or `copy:` and the key of a role with its differences. */
  readonly from: string
}

/** Names a new role and says what it begins as; everything else is set up on its page. */
export function NewRoleDialog({ roles, copied, onClose }: NewRoleDialogProps) {
  const t = useWords(roleWords)
  const k = useWords(kitWords)
  const label = useLabel()
  const go = useGo()
  const { message } = App.useApp()
  const acts = useRoleActs()
  const [form] = Form.useForm<Values>()
  const different = roles.filter((role) => differencesOf(role.definition) > 0 || !role.isStandard)
  const first = copied
    ? different.includes(copied)
      ? `copy:${copied.key}`
      : `basis:${copied.basis}`
    : 'basis:representative'
  const make = async ({ zh, en, from }: Values) => {
    const [kind, key] = from.split(':')
    const source = roles.find((role) => role.key === key)
    if (!source) return
    try {
      const made = await acts.create(
        { zh: zh.trim(), en: en.trim() },
        source.basis,
        kind === 'copy' ? source.definition : {},
      )
      void message.success(t('made', { name: label({ zh, en }) }))
      onClose()
      go('/access', { role: made.key })
    } catch (problem) {
      const faults = problem instanceof ApiProblem ? problem.faults : []
      const named = faults.flatMap(({ field, message: words }) =>
        field === 'label.zh' || field === 'label.en'
          ? [{ name: field === 'label.zh' ? ('zh' as const) : ('en' as const), errors: [words] }]
          : [],
      )
      if (named.length > 0) form.setFields(named)
      else void message.error(problemText(problem))
    }
  }
  const rules = [{ required: true, whitespace: true, message: t('needName') }]
  const option = (kind: string) => (role: RoleView) => ({ value: `${kind}:${role.key}`, label: label(role.label) })
  return (
    <Modal
      open
      title={t('newRole')}
      okText={t('make')}
      cancelText={k('cancel')}
      onOk={form.submit}
      onCancel={onClose}
      closable={{ 'aria-label': k('close') }}
    >
      <Form<Values>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ zh: '', en: '', from: first }}
        onFinish={(values) => void make(values)}
      >
        <Form.Item name="zh" label={t('nameZh')} rules={rules}>
          <Input maxLength={60} autoComplete="off" autoFocus onPressEnter={form.submit} />
        </Form.Item>
        <Form.Item name="en" label={t('nameEn')} rules={rules}>
          <Input maxLength={60} autoComplete="off" onPressEnter={form.submit} />
        </Form.Item>
        <Form.Item name="from" label={t('begins')} extra={t('beginsHelp')}>
          <Select<string>
            options={[
              { label: t('asBasis'), options: roles.filter((role) => role.isStandard).map(option('basis')) },
              ...(different.length > 0 ? [{ label: t('asCopy'), options: different.map(option('copy')) }] : []),
            ]}
          />
        </Form.Item>
      </Form>
    </Modal>
  )
}
