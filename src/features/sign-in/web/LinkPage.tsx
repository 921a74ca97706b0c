import { useState } from 'react'
import { Alert, Button, Form, Input } from 'antd'
import { useMutation, useQuery } from '@tanstack/react-query'
import { call } from '#web/api/call.ts'
import { faultOf } from '#web/api/problem.ts'
import { LoadingState } from '#web/kit/PageStates.tsx'
import { problemText } from '#web/kit/problem-text.ts'
import { EntryFrame } from '#web/shell/entry/EntryFrame.tsx'
import { useEnter } from '#web/shell/entry/use-enter.ts'
import { PageLink } from '#web/shell/PageLink.tsx'
import { useWords } from '#web/words/use-words.ts'
import { lookAtLinkRoute, acceptLinkRoute, type LookedLink } from '../contract.ts'
import { CodeForm } from './CodeForm.tsx'
import { doorWords } from './words.ts'

interface Values {
  readonly identifier?: string
  readonly password: string
}

/** What an invitation or a reset leads to. The token stands behind the `#`, which no server and no log ever sees. */
export function LinkPage() {
  const t = useWords(doorWords)
  const [token] = useState(() => window.location.hash.slice(1))
  const link = useQuery({
    queryKey: ['sign-in-link', token],
    queryFn: () => call(lookAtLinkRoute, { body: { token } }),
    enabled: token !== '',
    staleTime: Infinity,
  })
  if (token === '' || link.isError) {
    return (
      <EntryFrame title={t('linkOver')} text={t('linkOverText')}>
        <p className="entry-note">
          <PageLink to="/sign-in">{t('back')}</PageLink>
        </p>
      </EntryFrame>
    )
  }
  return link.isPending ? <LoadingState rows={6} /> : <LinkForm token={token} link={link.data} />
}

function LinkForm({ token, link }: { readonly token: string; readonly link: LookedLink }) {
  const t = useWords(doorWords)
  const enter = useEnter()
  const [form] = Form.useForm<Values>()
  const use = useMutation({
    mutationFn: ({ identifier, password }: Values) =>
      call(acceptLinkRoute, { body: { token, password, ...(identifier ? { identifier } : {}) } }),
    onSuccess: (reply) => {
      if ('person' in reply) void enter('/')
    },
    onError: (problem) => {
      const faults = (['identifier', 'password'] as const).flatMap((name) => {
        const fault = faultOf(problem, name)
        return fault ? [{ name, errors: [fault] }] : []
      })
      form.setFields(faults)
    },
  })
  const reply = use.data
  if (reply && 'secondFactor' in reply) {
    const { challenge } = reply.secondFactor
    return <CodeForm challenge={challenge} onEnter={() => void enter('/')} onBack={() => window.location.assign('/')} />
  }
  const { name, company, identifier, hasLogin, passwordLeast } = link
  const isReset = link.purpose === 'reset'
  const required = { required: true, message: t('required') }
  const text = hasLogin
    ? t('ownPassword', { identifier: identifier ?? '' })
    : t(isReset ? 'resetText' : 'welcomeText', { name })
  return (
    <EntryFrame title={isReset ? t('resetTitle') : t('welcomeTitle', { company })} text={text}>
      <Form<Values>
        form={form}
        layout="vertical"
        size="large"
        requiredMark={false}
        initialValues={{ identifier: identifier ?? undefined }}
        onFinish={(values) => use.mutate(values)}
      >
        {use.isError && <Alert type="error" showIcon title={problemText(use.error)} className="entry-alert" />}
        <Form.Item name="identifier" label={t('identifier')} rules={[required]}>
          <Input autoComplete="username" inputMode="email" readOnly={identifier !== null} maxLength={200} />
        </Form.Item>
        {hasLogin ? (
          <Form.Item name="password" label={t('existingPassword')} rules={[required]}>
            <Input.Password autoComplete="current-password" autoFocus />
          </Form.Item>
        ) : (
          <NewPassword least={passwordLeast} />
        )}
        <Button type="primary" htmlType="submit" block loading={use.isPending}>
          {t(hasLogin ? 'signIn' : 'enter')}
        </Button>
      </Form>
    </EntryFrame>
  )
}

function NewPassword({ least }: { readonly least: number }) {
  const t = useWords(doorWords)
  const required = { required: true, message: t('required') }
  return (
    <>
      <Form.Item
        name="password"
        label={t('newPassword')}
        extra={t('passwordHint', { n: least })}
        rules={[required, { min: least, message: t('short', { n: least }) }]}
      >
        <Input.Password autoComplete="new-password" autoFocus />
      </Form.Item>
      <Form.Item
        name="again"
        label={t('again')}
        dependencies={['password']}
        rules={[
          required,
          ({ getFieldValue }) => ({
            validator: (_rule, value) =>
              !value || getFieldValue('password') === value
                ? Promise.resolve()
                : Promise.reject(new Error(t('differs'))),
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
    </>
  )
}
