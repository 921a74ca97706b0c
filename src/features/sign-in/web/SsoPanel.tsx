import { Alert, Button, Form, Input, Select, Space, Switch, Typography, type FormInstance } from 'antd'
import { useMutation } from '@tanstack/react-query'
import { call } from '#web/api/call.ts'
import { momentText } from '#web/kit/date-text.ts'
import { Panel } from '#web/kit/Panel.tsx'
import { problemText } from '#web/kit/problem-text.ts'
import { useLanguage, useWords } from '#web/words/use-words.ts'
import { testSsoRoute, type PolicyChange, type SignInSettings } from '../contract.ts'
import { settingsWords } from './settings-words.ts'

interface SsoPanelProps {
  readonly settings: SignInSettings
  readonly form: FormInstance<PolicyChange>
}

/** The company's identity provider, what it must know of us, and how it fared. */
export function SsoPanel({ settings, form }: SsoPanelProps) {
  const t = useWords(settingsWords)
  const issuer: string | null | undefined = Form.useWatch(['singleSignOn', 'issuer'], form)
  const addsPeople: boolean | undefined = Form.useWatch(['singleSignOn', 'addsPeople'], form)
  const test = useMutation({ mutationFn: (address: string) => call(testSsoRoute, { body: { issuer: address } }) })
  const field = (name: string) => ['singleSignOn', name]
  return (
    <Panel title={t('sso')}>
      <Standing {...settings} />
      <Form.Item name={field('isOn')} label={t('ssoOn')} valuePropName="checked">
        <Switch />
      </Form.Item>
      <Form.Item name={field('name')} label={t('ssoName')}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name={field('issuer')} label={t('issuer')} extra={t('issuerHint')}>
        <Input inputMode="url" maxLength={500} autoComplete="off" />
      </Form.Item>
      <Form.Item name={field('clientId')} label={t('clientId')}>
        <Input maxLength={300} autoComplete="off" />
      </Form.Item>
      <Form.Item name={field('clientSecret')} label={t('clientSecret')}>
        <Input.Password
          maxLength={500}
          autoComplete="new-password"
          {...(settings.hasSecret ? { placeholder: t('secretKept') } : {})}
        />
      </Form.Item>
      <p className="muted security-text">{t('redirect')}</p>
      <Typography.Paragraph copyable className="access-secret">
        {settings.redirectUrl}
      </Typography.Paragraph>
      <Space orientation="vertical" className="sign-in-test">
        <Button disabled={!issuer} loading={test.isPending} onClick={() => issuer && test.mutate(issuer)}>
          {t('test')}
        </Button>
        {test.isError && <Alert type="error" showIcon title={problemText(test.error)} />}
        {test.data && (
          <Alert
            showIcon
            type={test.data.isReached ? 'success' : 'error'}
            title={
              test.data.isReached
                ? t('reached', { issuer: test.data.issuer ?? '' })
                : t('notReached', { problem: test.data.problem ?? '' })
            }
          />
        )}
      </Space>
      <Form.Item name={field('addsPeople')} label={t('addsPeople')} valuePropName="checked" extra={t('addsPeopleHint')}>
        <Switch />
      </Form.Item>
      <Form.Item name={field('domains')} label={t('domains')} hidden={addsPeople !== true}>
        <Select<string[]> mode="tags" tokenSeparators={[',', ' ', '，']} open={false} />
      </Form.Item>
    </Panel>
  )
}

function Standing({ singleSignOn, lastSuccessAt, lastProblem, lastProblemAt }: SignInSettings) {
  const t = useWords(settingsWords)
  const language = useLanguage()
  if (!singleSignOn.isOn) return null
  const at = (instant: unknown) => momentText(String(instant), language)
  return (
    <p className="muted security-text">
      {lastSuccessAt ? t('lastSuccess', { at: at(lastSuccessAt) }) : t('never')}
      {lastProblem && ` · ${t('lastProblem', { at: at(lastProblemAt), problem: lastProblem })}`}
    </p>
  )
}
