import { Suspense, useState, type ReactNode } from 'react'
import { Alert, Button, Divider, Form, Input } from 'antd'
import { BankOutlined } from '@ant-design/icons'
import { useMutation, useQuery } from '@tanstack/react-query'
import { setupRoute } from '#engine/contract/setup.ts'
import { signInRoute } from '#engine/contract/sign-in.ts'
import { call } from '#web/api/call.ts'
import { problemText } from '#web/kit/problem-text.ts'
import { useAddress } from '#web/shell/address.ts'
import { EntryFrame } from '#web/shell/entry/EntryFrame.tsx'
import { Personas } from '#web/shell/entry/Personas.tsx'
import { useEnter } from '#web/shell/entry/use-enter.ts'
import { PageLink } from '#web/shell/PageLink.tsx'
import { useWords } from '#web/words/use-words.ts'
import { waysRoute } from '../contract.ts'
import { CodeForm } from './CodeForm.tsx'
import { SsoButton } from './SsoButton.tsx'
import { doorWords } from './words.ts'
import './ways.css'

interface Credentials {
  readonly identifier: string
  readonly password: string
}

interface SignInPageProps {
  /** Further ways in, of rooms above. */
  readonly others?: ReactNode
}

/** Single sign-on, or e-mail or phone and password; then, where asked, which company, and the second step. */
export function SignInPage({ others }: SignInPageProps) {
  const t = useWords(doorWords)
  const { company } = useAddress()
  const [credentials, setCredentials] = useState<Credentials>()
  const [wantsPassword, setWantsPassword] = useState(false)
  const enter = useEnter()
  const setup = useQuery({ queryKey: ['setup'], queryFn: () => call(setupRoute, {}), staleTime: 10_000 })
  const ways = useQuery({
    queryKey: ['ways', company],
    queryFn: () => call(waysRoute, { query: company ? { company } : {} }),
    staleTime: 10_000,
  })
  const signIn = useMutation({
    mutationFn: (given: Credentials & { company?: string }) => call(signInRoute, { body: given }),
    onSuccess: (reply, { identifier, password }) => {
      if ('choose' in reply) setCredentials({ identifier, password })
      else if ('person' in reply) void enter()
    },
  })
  const reply = signIn.data
  if (reply && 'secondFactor' in reply) {
    const { challenge } = reply.secondFactor
    return <CodeForm challenge={challenge} onEnter={() => void enter()} onBack={() => signIn.reset()} />
  }
  if (reply && 'choose' in reply && credentials) {
    return (
      <EntryFrame title={t('chooseCompany')}>
        <div className="entry-choices">
          {reply.choose.map(({ slug, name }) => (
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
  const sso = ways.data?.singleSignOn
  const isPasswordShown = wantsPassword || ways.data?.password !== false
  return (
    <EntryFrame title={t('signIn')}>
      <div className="entry-ways">
        {sso && <SsoButton {...sso} />}
        <Suspense fallback={null}>{others}</Suspense>
      </div>
      {isPasswordShown && (
        <Divider plain className="entry-or">
          {t('or')}
        </Divider>
      )}
      {isPasswordShown ? (
        <Form<Credentials>
          layout="vertical"
          size="large"
          requiredMark={false}
          onFinish={(given) => signIn.mutate({ ...given, ...(company ? { company } : {}) })}
        >
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
          <p className="entry-note muted">
            {ways.data?.resetByMail ? <PageLink to="/forgotten">{t('forgotten')}</PageLink> : t('forgot')}
          </p>
        </Form>
      ) : (
        <p className="entry-note muted">
          {t('passwordForAdministrators')}
          <Button type="link" size="small" onClick={() => setWantsPassword(true)}>
            {t('withPassword')}
          </Button>
        </p>
      )}
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
