import type { ReactNode } from 'react'
import { Form, Input, Modal } from 'antd'
import { useMutation } from '@tanstack/react-query'
import { faultOf } from '#web/api/problem.ts'
import { problemText } from '#web/kit/problem-text.ts'
import { kitWords } from '#web/kit/words.ts'
import { useWords } from '#web/words/use-words.ts'
import { securityWords } from './security-words.ts'

interface PasswordAskProps<Reply> {
  readonly title: ReactNode
  readonly act: (password: string) => Promise<Reply>
  readonly onDone: (reply: Reply) => void
  readonly onClose: () => void
}

/** Asks for the current password again before something that protects the door is changed. */
export function PasswordAsk<Reply>({ title, act, onDone, onClose }: PasswordAskProps<Reply>) {
  const t = useWords(securityWords)
  const k = useWords(kitWords)
  const [form] = Form.useForm<{ password: string }>()
  const prove = useMutation({
    mutationFn: ({ password }: { password: string }) => act(password),
    onSuccess: onDone,
    onError: (problem) =>
      form.setFields([{ name: 'password', errors: [faultOf(problem, 'password') ?? problemText(problem)] }]),
  })
  return (
    <Modal
      open
      title={title}
      okText={t('goOn')}
      cancelText={k('cancel')}
      closable={{ 'aria-label': k('close') }}
      confirmLoading={prove.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(values) => prove.mutate(values)}>
        <Form.Item
          name="password"
          label={t('currentPassword')}
          extra={t('passwordFirst')}
          rules={[{ required: true, message: t('required') }]}
        >
          <Input.Password autoComplete="current-password" autoFocus onPressEnter={form.submit} />
        </Form.Item>
      </Form>
    </Modal>
  )
}
