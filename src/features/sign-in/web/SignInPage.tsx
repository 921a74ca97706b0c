import { useState } from 'react'
import { Alert, Button, Form, Input } from 'antd'
import { BankOutlined } from '@ant-design/icons'
import { useMutation, useQuery } from '@tanstack/react-query'
import { setupRoute } from '#engine/contract/setup.ts'
import { signInRoute } from '#engine/contract/sign-in.ts'
import { call } from '#web/api/call.ts'
import { problemText } from '#web/kit/problem-text.ts'
import { PageLink } from '#web/shell/PageLink.tsx'
import { useWords } from '#web/words/use-words.ts'
import { EntryFrame } from './EntryFrame.tsx'
import { entryWords } from './entry-words.ts'
import { Personas } from './Personas.tsx'
import { useEnter } from './use-enter.ts'

interface Credentials {
  readonly identifier: string
  readonly password: string
}

/** E-mail or phone and password; then, if there are several, which company. */
export function SignInPage() {
  const t = useWords(entryWords)
  const [credentials, setCredentials] = useState<Credentials>()
  const enter = useEnter()
  const setup = useQuery({ queryKey: ['setup'], queryFn: () => call(setupRoute, {}), staleTime: 10_000 })
  const signIn = useMutation({
    mutationFn: (given: Credentials & { company?: string }) => call(signInRoute, { body: given }),
    onSuccess: (reply, { identifier, password }) => {
      if ('choose' in reply) setCredentials({ identifier, password })
      else void enter()
    },
  })
  const choices = signIn.data && 'choose' in signIn.data ? signIn.data.choose : undefined

  if (choices && credentials) {
    return (
      <EntryFrame title={t('chooseCompany')}>
        <div className="entry-choices">
          {choices.map(({ slug, name }) => (
            <button
              key={slug}
              type="button"
              className="entry-choice"
              disabled={signIn.isPending}
              onClick={() => signIn.mutate({ ...credentials, company: slug })}
            >
              <BankOutlined aria-hidden />
              <span>
                <b>{name}</b>
                <span className="muted">{slug}</span>
              </span>
            </button>
          ))}
        </div>
        <Button type="link" onClick={() => signIn.reset()}>
          {t('otherLogin')}
        </Button>
      </EntryFrame>
    )
  }

  const personas = setup.data?.demoPersonas
  return (
    <EntryFrame title={t('signIn')}>
      <Form<Credentials> layout="vertical" size="large" requiredMark={false} onFinish={(given) => signIn.mutate(given)}>
        {signIn.isError && <Alert type="error" showIcon title={problemText(signIn.error)} className="entry-alert" />}
        <Form.Item name="identifier" label={t('identifier')} rules={[{ required: true, message: t('required') }]}>
          <Input autoComplete="username" autoFocus inputMode="email" />
        </Form.Item>
        <Form.Item name="password" label={t('password')} rules={[{ required: true, message: t('required') }]}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={signIn.isPending}>
          {t('signIn')}
        </Button>
        <p className="entry-note muted">{t('forgot')}</p>
      </Form>
      {personas && (
        <section className="entry-demo">
          <h2>{t('demoPeople')}</h2>
          <Personas personas={personas} />
        </section>
      )}
      {setup.data?.canCreate && (
        <p className="entry-note">
          <PageLink to="/setup">{t('createOwn')}</PageLink>
        </p>
      )}
    </EntryFrame>
  )
}
