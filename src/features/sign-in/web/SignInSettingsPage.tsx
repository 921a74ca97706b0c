import { App, Button, Form, InputNumber, Radio, Select, Switch, Typography } from 'antd'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { passwordLength } from '#engine/contract/sign-in.ts'
import { call } from '#web/api/call.ts'
import { ApiProblem } from '#web/api/problem.ts'
import { BoardPage } from '#web/kit/PageShape.tsx'
import { ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { Panel } from '#web/kit/Panel.tsx'
import { problemText } from '#web/kit/problem-text.ts'
import { useRoles } from '#web/session/me.ts'
import { useWords } from '#web/words/use-words.ts'
import { saveSignInSettingsRoute, signInSettingsRoute, type PolicyChange, type SignInSettings } from '../contract.ts'
import { MailPanel } from './MailPanel.tsx'
import { SsoPanel } from './SsoPanel.tsx'
import { settingsWords } from './settings-words.ts'
import './sign-in.css'

const settingsKey = ['sign-in', 'settings'] as const

/** How people of the company sign in: passwords, second factor, single sign-on, and whether mail arrives. */
export function SignInSettingsPage() {
  const t = useWords(settingsWords)
  const settings = useQuery({ queryKey: settingsKey, queryFn: ({ signal }) => call(signInSettingsRoute, { signal }) })
  return (
    <BoardPage title={t('title')} note={t('note')}>
      {settings.isPending && <LoadingState rows={10} />}
      {settings.isError && <ErrorState problem={settings.error} onRetry={() => void settings.refetch()} />}
      {settings.data && <SettingsForm key={settings.data.version} settings={settings.data} />}
    </BoardPage>
  )
}

function SettingsForm({ settings }: { readonly settings: SignInSettings }) {
  const t = useWords(settingsWords)
  const { message } = App.useApp()
  const client = useQueryClient()
  const [form] = Form.useForm<PolicyChange>()
  const save = useMutation({
    mutationFn: (change: PolicyChange) => call(saveSignInSettingsRoute, { body: change }),
    onSuccess: () => {
      void message.success(t('saved'))
      return client.invalidateQueries()
    },
    onError: (problem) => {
      const faults = problem instanceof ApiProblem ? problem.faults : []
      form.setFields(faults.map(({ field, message: words }) => ({ name: field.split('.') as never, errors: [words] })))
      void message.error(problemText(problem))
    },
  })
  const submit = () => {
    // What is not shown stays as it was.
    const values = form.getFieldsValue(true)
    const { clientSecret, ...sso } = values.singleSignOn
    save.mutate({
      version: settings.version,
      secondFactor: values.secondFactor,
      secondFactorRoles: values.secondFactorRoles,
      passwordLeast: values.passwordLeast,
      passwordSignIn: values.passwordSignIn,
      singleSignOn: {
        ...sso,
        issuer: sso.issuer || null,
        clientId: sso.clientId || null,
        ...(clientSecret ? { clientSecret } : {}),
      },
    })
  }
  const { secondFactor, secondFactorRoles, passwordLeast, passwordSignIn, singleSignOn } = settings
  const { isOn, name, issuer, clientId, addsPeople, domains } = singleSignOn
  const first = {
    ...{ secondFactor, secondFactorRoles, passwordLeast, passwordSignIn },
    singleSignOn: { isOn, name, issuer, clientId, addsPeople, domains },
  }
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={first}
      onFinish={submit}
      className="sign-in-settings"
    >
      <FactorPanel people={settings.people} />
      <PasswordPanel />
      <SsoPanel settings={settings} form={form} />
      <MailPanel mail={settings.mail} />
      <div className="sign-in-save">
        <Button type="primary" size="large" htmlType="submit" loading={save.isPending}>
          {t('save')}
        </Button>
      </div>
    </Form>
  )
}

function FactorPanel({ people }: Pick<SignInSettings, 'people'>) {
  const t = useWords(settingsWords)
  const { options } = useRoles()
  const asked = Form.useWatch<PolicyChange['secondFactor'] | undefined>('secondFactor')
  return (
    <Panel title={t('factor')}>
      <Form.Item name="secondFactor" extra={t('factorHint')}>
        <Radio.Group
          className="sign-in-choices"
          options={[
            { value: 'nobody', label: t('factorNobody') },
            { value: 'roles', label: t('factorRoles') },
            { value: 'everybody', label: t('factorEverybody') },
          ]}
        />
      </Form.Item>
      <Form.Item name="secondFactorRoles" label={t('roles')} hidden={asked !== 'roles'}>
        <Select<string[]> mode="multiple" options={[...options]} />
      </Form.Item>
      <Typography.Text type="secondary">
        {t('factorCount', { all: people.withLogin, with: people.withSecondFactor })}
      </Typography.Text>
    </Panel>
  )
}

function PasswordPanel() {
  const t = useWords(settingsWords)
  return (
    <Panel title={t('passwords')}>
      <Form.Item name="passwordLeast" label={t('least')} extra={t('leastHint')}>
        <InputNumber min={passwordLength.least} max={64} precision={0} />
      </Form.Item>
      <Form.Item
        name="passwordSignIn"
        label={t('passwordSignIn')}
        valuePropName="checked"
        extra={t('passwordSignInHint')}
      >
        <Switch />
      </Form.Item>
    </Panel>
  )
}
