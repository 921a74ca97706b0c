import { Alert, Button, Form, Input } from 'antd'
import { useMutation, useQuery } from '@tanstack/react-query'
import { call } from '#web/api/call.ts'
import { problemText } from '#web/kit/problem-text.ts'
import { EntryFrame } from '#web/shell/entry/EntryFrame.tsx'
import { PageLink } from '#web/shell/PageLink.tsx'
import { useWords } from '#web/words/use-words.ts'
import { forgottenRoute, waysRoute } from '../contract.ts'
import { doorWords } from './words.ts'

/** Asks for a link to set a new password; what is answered tells nothing about who signs in here. */
export function ForgottenPage() {
  const t = useWords(doorWords)
  const ways = useQuery({ queryKey: ['ways', undefined], queryFn: () => call(waysRoute, { query: {} }) })
  const ask = useMutation({
    mutationFn: ({ identifier }: { identifier: string }) => call(forgottenRoute, { body: { identifier } }),
  })
  const back = (
    <p className="entry-note">
      <PageLink to="/sign-in">{t('back')}</PageLink>
    </p>
  )
  if (ask.isSuccess) {
    return (
      <EntryFrame title={t('sentTitle')} text={t('sentText', { identifier: ask.variables.identifier })}>
        {back}
      </EntryFrame>
    )
  }
  const isPossible = ways.data?.resetByMail !== false
  return (
    <EntryFrame title={t('forgottenTitle')} text={t(isPossible ? 'forgottenText' : 'noMail')}>
      {isPossible && (
        <Form<{ identifier: string }>
          layout="vertical"
          size="large"
          requiredMark={false}
          onFinish={(given) => ask.mutate(given)}
        >
          {ask.isError && <Alert type="error" showIcon title={problemText(ask.error)} className="entry-alert" />}
          <Form.Item
            name="identifier"
            label={t('identifier')}
            rules={[{ required: true, whitespace: true, message: t('required') }]}
          >
            <Input autoComplete="username" inputMode="email" maxLength={200} autoFocus />
          </Form.Item>
          <Button type="primary" htmlType="submit" block loading={ask.isPending}>
            {t('sendLink')}
          </Button>
        </Form>
      )}
      {back}
    </EntryFrame>
  )
}
