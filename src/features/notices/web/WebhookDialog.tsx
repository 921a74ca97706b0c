import { App, Form, Input, Modal, Select } from 'antd'
import type { WebhookView } from '#engine/contract/webhooks.ts'
import { problemText } from '#web/kit/problem-text.ts'
import { kitWords } from '#web/kit/words.ts'
import { useWords } from '#web/words/use-words.ts'
import { connectionWords } from './connection-words.ts'
import { useWebhookActs } from './use-connections.ts'
import { useRefuseFields } from './use-refuse-fields.ts'

interface WebhookDialogProps {
  /** The webhook to change; absent: a new one. */
  readonly webhook?: WebhookView | undefined
  readonly events: readonly string[]
  readonly onClose: () => void
  readonly onSecret: (secret: string) => void
}

interface Values {
  readonly name: string
  readonly url: string
  readonly events: string[]
}

/** Makes a webhook or changes it. */
export function WebhookDialog({ webhook, events, onClose, onSecret }: WebhookDialogProps) {
  const t = useWords(connectionWords)
  const k = useWords(kitWords)
  const { message } = App.useApp()
  const [form] = Form.useForm<Values>()
  const acts = useWebhookActs()
  const refuse = useRefuseFields(form, ['name', 'url', 'events'])
  const onError = (problem: unknown) => {
    if (!refuse(problem)) void message.error(problemText(problem))
  }
  const submit = (values: Values) => {
    if (webhook) {
      acts.change.mutate({ id: webhook.id, version: webhook.version, ...values }, { onSuccess: onClose, onError })
      return
    }
    acts.create.mutate(values, {
      onSuccess: ({ secret }) => {
        onClose()
        onSecret(secret)
      },
      onError,
    })
  }
  const objects = [...new Set(events.map((name) => `${name.split('.')[0]}.*`))]
  const required = [{ required: true, whitespace: true, message: t('required') }]
  return (
    <Modal
      open
      title={webhook ? t('edit', { name: webhook.name }) : t('addWebhook')}
      onCancel={onClose}
      closable={{ 'aria-label': k('close') }}
      okText={k('save')}
      cancelText={k('cancel')}
      confirmLoading={acts.create.isPending || acts.change.isPending}
      onOk={form.submit}
    >
      <Form<Values>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={webhook ? { name: webhook.name, url: webhook.url, events: webhook.events } : { events: ['*'] }}
        onFinish={submit}
      >
        <Form.Item name="name" label={t('name')} rules={required}>
          <Input maxLength={80} autoFocus />
        </Form.Item>
        <Form.Item name="url" label={t('url')} rules={required}>
          <Input autoComplete="off" maxLength={2000} placeholder="https://" inputMode="url" />
        </Form.Item>
        <Form.Item
          name="events"
          label={t('events')}
          extra={t('eventsText')}
          rules={[{ required: true, type: 'array', min: 1, message: t('required') }]}
        >
          <Select<string[]>
            mode="tags"
            options={['*', ...objects, ...events].map((value) => ({ value, label: value }))}
          />
        </Form.Item>
      </Form>
    </Modal>
  )
}
