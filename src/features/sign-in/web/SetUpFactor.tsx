import { useState } from 'react'
import { Alert, Button, Form, Input, Typography } from 'antd'
import { useMutation } from '@tanstack/react-query'
import { beginSecondFactorRoute, confirmSecondFactorRoute } from '#engine/contract/security.ts'
import { call, type CallReply } from '#web/api/call.ts'
import { problemText } from '#web/kit/problem-text.ts'
import { useWords } from '#web/words/use-words.ts'
import { RecoveryCodes } from './RecoveryCodes.tsx'
import { securityWords } from './security-words.ts'
import './sign-in.css'

/** Password, picture, first code, recovery codes: one after the other. */
export function SetUpFactor({ onDone }: { readonly onDone: () => void }) {
  const [begun, setBegun] = useState<CallReply<typeof beginSecondFactorRoute>>()
  const [codes, setCodes] = useState<readonly string[]>()
  if (codes) return <RecoveryCodes codes={codes} onKept={onDone} />
  return begun ? <Scan {...begun} onConfirmed={setCodes} /> : <Begin onBegun={setBegun} />
}

function Begin({ onBegun }: { readonly onBegun: (begun: CallReply<typeof beginSecondFactorRoute>) => void }) {
  const t = useWords(securityWords)
  const begin = useMutation({
    mutationFn: ({ password }: { password: string }) => call(beginSecondFactorRoute, { body: { password } }),
    onSuccess: onBegun,
  })
  return (
    <Form<{ password: string }> layout="vertical" requiredMark={false} onFinish={(values) => begin.mutate(values)}>
      {begin.isError && <Alert type="error" showIcon title={problemText(begin.error)} className="security-alert" />}
      <Form.Item
        name="password"
        label={t('currentPassword')}
        extra={t('passwordFirst')}
        rules={[{ required: true, message: t('required') }]}
      >
        <Input.Password autoComplete="current-password" autoFocus />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={begin.isPending}>
        {t('goOn')}
      </Button>
    </Form>
  )
}

interface ScanProps {
  readonly secret: string
  readonly picture: string
  readonly onConfirmed: (codes: readonly string[]) => void
}

function Scan({ secret, picture, onConfirmed }: ScanProps) {
  const t = useWords(securityWords)
  const confirm = useMutation({
    mutationFn: ({ code }: { code: string }) => call(confirmSecondFactorRoute, { body: { code } }),
    onSuccess: ({ recoveryCodes }) => onConfirmed(recoveryCodes),
  })
  return (
    <div className="factor-scan">
      <h3>{t('scanTitle')}</h3>
      <p className="muted">{t('scanText')}</p>
      <img src={picture} alt={t('picture')} width={200} height={200} />
      <p className="muted">{t('byHand')}</p>
      <Typography.Text copyable={{ text: secret }} className="factor-secret">
        {secret.replace(/(.{4})/g, '$1 ').trim()}
      </Typography.Text>
      <Form<{ code: string }> layout="vertical" requiredMark={false} onFinish={(values) => confirm.mutate(values)}>
        {confirm.isError && (
          <Alert type="error" showIcon title={problemText(confirm.error)} className="security-alert" />
        )}
        <Form.Item
          name="code"
          label={t('code')}
          rules={[{ required: true, pattern: /^\s*\d{3}\s?\d{3}\s*$/, message: t('required') }]}
        >
          <Input inputMode="numeric" autoComplete="one-time-code" maxLength={8} autoFocus />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={confirm.isPending}>
          {t('confirm')}
        </Button>
      </Form>
    </div>
  )
}
