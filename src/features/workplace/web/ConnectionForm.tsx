import { Collapse, Form, Input, Select, Switch, Typography } from 'antd'
import { ApiProblem } from '#web/api/problem.ts'
import { Panel } from '#web/kit/Panel.tsx'
import { useRoles } from '#web/session/me.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { UnitChoice } from '#features/org/web/index.tsx'
import { brandNames } from '../brand-names.ts'
import type { Connection } from '../contract.ts'
import { brandFields } from './brand-words.ts'
import { draftOf, type ConnectionDraft } from './connection-draft.ts'
import { DepartmentChoice, type Department } from './DepartmentChoice.tsx'
import { workplaceWords } from './words.ts'

/** A button elsewhere on the page submits the form by it. */
export const connectionFormId = 'workplace-connection'

interface ConnectionFormProps {
  readonly connection: Connection
  /** Departments to begin at, once the connection was tested. */
  readonly top: readonly Department[]
  readonly onChange: (draft: ConnectionDraft) => void
  /** Throws what the server refused. */
  readonly onSave: (draft: ConnectionDraft) => Promise<void>
}

/** Everything that is set about a brand. */
export function ConnectionForm({ connection, top, onChange, onSave }: ConnectionFormProps) {
  const [form] = Form.useForm<ConnectionDraft>()
  const submit = async (draft: ConnectionDraft) => {
    try {
      await onSave(draft)
    } catch (refusal) {
      const faults = refusal instanceof ApiProblem ? refusal.faults : []
      form.setFields(faults.map((fault) => ({ name: fault.field as keyof ConnectionDraft, errors: [fault.message] })))
    }
  }
  return (
    <Form<ConnectionDraft>
      id={connectionFormId}
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={draftOf(connection)}
      onValuesChange={(_changed, draft) => onChange(draft)}
      onFinish={(draft) => void submit(draft)}
      className="workplace-form"
    >
      <AppPanel connection={connection} />
      <SignInPanel connection={connection} />
      <SyncPanel connection={connection} top={top} />
    </Form>
  )
}

function AppPanel({ connection }: { readonly connection: Connection }) {
  const t = useWords(workplaceWords)
  const label = useLabel()
  const { console: found, corpId, appId, secret, needs, serverHint } = brandFields[connection.brand]
  const required = [{ required: true, whitespace: true, message: t('required') }]
  return (
    <Panel title={t('app')}>
      <p className="workplace-help">
        {t('appNote')}{' '}
        <a href={found.url} target="_blank" rel="noreferrer">
          {label(found.name)}
        </a>
      </p>
      <p className="workplace-help muted">{label(needs)}</p>
      {corpId && (
        <Form.Item name="corpId" label={label(corpId.label)} extra={label(corpId.hint)} rules={required}>
          <Input maxLength={100} autoComplete="off" spellCheck={false} />
        </Form.Item>
      )}
      <Form.Item name="appId" label={label(appId.label)} extra={label(appId.hint)} rules={required}>
        <Input maxLength={100} autoComplete="off" spellCheck={false} />
      </Form.Item>
      <Form.Item
        name="secret"
        label={label(secret.label)}
        extra={label(secret.hint)}
        rules={connection.hasSecret ? [] : required}
      >
        <Input.Password
          maxLength={300}
          autoComplete="new-password"
          {...(connection.hasSecret ? { placeholder: t('secretKept') } : {})}
        />
      </Form.Item>
      <Collapse
        ghost
        size="small"
        className="workplace-advanced"
        defaultActiveKey={connection.server === null ? [] : ['server']}
        items={[
          {
            key: 'server',
            label: t('advanced'),
            forceRender: true,
            children: (
              <Form.Item name="server" label={t('server')} extra={label(serverHint)}>
                <Input inputMode="url" maxLength={300} autoComplete="off" placeholder="https://" />
              </Form.Item>
            ),
          },
        ]}
      />
    </Panel>
  )
}

function SignInPanel({ connection }: { readonly connection: Connection }) {
  const t = useWords(workplaceWords)
  const label = useLabel()
  const name = label(brandNames[connection.brand])
  return (
    <Panel title={t('signIn')}>
      <Form.Item name="isSignInOn" label={t('signInOn', { name })} valuePropName="checked" extra={t('signInHint')}>
        <Switch />
      </Form.Item>
      <p className="workplace-help muted">{label(brandFields[connection.brand].signIn)}</p>
      <p className="workplace-caption">{t('backUrl')}</p>
      <Typography.Paragraph code copyable className="workplace-address">
        {connection.backUrl}
      </Typography.Paragraph>
    </Panel>
  )
}

function SyncPanel({ connection, top }: Pick<ConnectionFormProps, 'connection' | 'top'>) {
  const t = useWords(workplaceWords)
  const label = useLabel()
  const { options } = useRoles()
  const name = label(brandNames[connection.brand])
  return (
    <Panel title={t('sync')}>
      <Form.Item name="isSyncOn" label={t('syncOn')} valuePropName="checked" extra={t('syncHint', { name })}>
        <Switch />
      </Form.Item>
      <Form.Item name="rootDepartment" label={t('root')} {...(top.length === 0 ? { extra: t('rootHint') } : {})}>
        <DepartmentChoice top={top} />
      </Form.Item>
      <Form.Item name="unitId" label={t('unit')}>
        <UnitChoice placeholder={t('unitCompany')} />
      </Form.Item>
      <Form.Item name="role" label={t('role')} extra={t('roleHint')}>
        <Select<string> options={options.filter(({ value }) => value !== 'administrator')} />
      </Form.Item>
    </Panel>
  )
}
