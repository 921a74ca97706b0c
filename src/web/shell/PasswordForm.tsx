import { App, Form, Input, Modal } from 'antd'
import { useMutation } from '@tanstack/react-query'
import { changePasswordRoute, passwordLength } from '#engine/contract/sign-in.ts'
import { faultOf } from '#web/api/problem.ts'
import { call } from '#web/api/call.ts'
import { problemText } from '#web/kit/problem-text.ts'
import { kitWords } from '#web/kit/words.ts'
import { useWords } from '#web/words/use-words.ts'
import { shellWords } from './words.ts'

interface PasswordValues {
  readonly current: string
  readonly next: string
}

interface PasswordFormProps {
  readonly onClose: () => void
  /** A one-time password was used: nothing else is served before it is changed. */
  readonly isRequired?: boolean
}

/** Changes the own password; what the server refuses is said at its field. */
export function PasswordForm({ onClose, isRequired = false }: PasswordFormProps) {
  const t = useWords(shellWords)
  const k = useWords(kitWords)
  const { message } = App.useApp()
  const [form] = Form.useForm<PasswordValues & { again: string }>()
  const change = useMutation({
    mutationFn: ({ current, next }: PasswordValues) => call(changePasswordRoute, { body: { current, next } }),
    onSuccess: () => {
      void message.success(t('passwordChanged'))
      onClose()
    },
    onError: (problem) => {
      const fields = (['current', 'next'] as const).flatMap((name) => {
        const fault = faultOf(problem, name)
        return fault ? [{ name, errors: [fault] }] : []
      })
      form.setFields(fields.length > 0 ? fields : [{ name: 'current', errors: [problemText(problem)] }])
    },
  })
  const required = { required: true, message: t('required') }
  return (
    <Modal
      open
      title={t('password')}
      okText={k('save')}
      cancelText={k('cancel')}
      confirmLoading={change.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
      closable={!isRequired}
      {...(isRequired ? { cancelButtonProps: { style: { display: 'none' } } } : {})}
    >
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(values) => change.mutate(values)}>
        <Form.Item name="current" label={t('currentPassword')} rules={[required]}>
          <Input.Password autoComplete="current-password" autoFocus />
        </Form.Item>
        <Form.Item
          name="next"
          label={t('nextPassword')}
          rules={[required, { min: passwordLength.least, message: t('passwordShort') }]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Form.Item
          name="again"
          label={t('repeatPassword')}
          dependencies={['next']}
          rules={[
            required,
            ({ getFieldValue }) => ({
              validator: (_rule, value) =>
                !value || getFieldValue('next') === value
                  ? Promise.resolve()
                  : Promise.reject(new Error(t('passwordDiffers'))),
            }),
          ]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
      </Form>
    </Modal>
  )
}
