import { Alert, Button, Form, Input } from 'antd'
import { useMutation } from '@tanstack/react-query'
import { secondFactorRoute } from '#engine/contract/sign-in.ts'
import { call } from '#web/api/call.ts'
import { problemText } from '#web/kit/problem-text.ts'
import { EntryFrame } from '#web/shell/entry/EntryFrame.tsx'
import { useWords } from '#web/words/use-words.ts'
import { doorWords } from './words.ts'

interface CodeFormProps {
  readonly challenge: string
  readonly onEnter: () => void
  readonly onBack: () => void
}

/** The second step: the app's code, or a recovery code. */
export function CodeForm({ challenge, onEnter, onBack }: CodeFormProps) {
  const t = useWords(doorWords)
  const prove = useMutation({
    mutationFn: ({ code }: { code: string }) => call(secondFactorRoute, { body: { challenge, code } }),
    onSuccess: onEnter,
  })
  return (
    <EntryFrame title={t('codeTitle')} text={t('codeText')}>
      <Form<{ code: string }>
        layout="vertical"
        size="large"
        requiredMark={false}
        onFinish={(given) => prove.mutate(given)}
      >
        {prove.isError && <Alert type="error" showIcon title={problemText(prove.error)} className="entry-alert" />}
        <Form.Item
          name="code"
          label={t('code')}
          extra={t('codeHint')}
          rules={[{ required: true, whitespace: true, message: t('required') }]}
        >
          <Input autoComplete="one-time-code" maxLength={40} autoFocus />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={prove.isPending}>
          {t('goOn')}
        </Button>
      </Form>
      <Button type="link" onClick={onBack}>
        {t('back')}
      </Button>
    </EntryFrame>
  )
}
