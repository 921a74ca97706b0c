import { Alert, App, Button, Form, Input, Modal, Radio, Select, Typography } from 'antd'
import { problemText } from '#web/kit/problem-text.ts'
import { kitWords } from '#web/kit/words.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { useKeyActs, useScopes } from './use-keys.ts'
import { keyWords } from './words.ts'

interface Values {
  readonly name: string
  readonly reach: 'read' | 'write' | 'chosen'
  readonly readObjects?: readonly string[]
  readonly writeObjects?: readonly string[]
  readonly permissions?: readonly string[]
  readonly days: number
}

/** Makes a key, then shows it, once. */
export function NewKey({ onClose }: { readonly onClose: () => void }) {
  const t = useWords(keyWords)
  const k = useWords(kitWords)
  const { message } = App.useApp()
  const [form] = Form.useForm<Values>()
  const { make } = useKeyActs()
  if (make.data) return <Secret secret={make.data.secret} onClose={onClose} />

  const submit = (values: Values) => {
    const scopes = scopesOf(values)
    if (scopes.length === 0) {
      form.setFields([{ name: 'readObjects', errors: [t('nothingChosen')] }])
      return
    }
    make.mutate(
      { name: values.name, scopes, days: values.days === 0 ? null : values.days },
      { onError: (problem) => void message.error(problemText(problem)) },
    )
  }
  return (
    <Modal
      open
      title={t('add')}
      onCancel={onClose}
      closable={{ 'aria-label': k('close') }}
      okText={t('make')}
      cancelText={k('cancel')}
      confirmLoading={make.isPending}
      onOk={form.submit}
    >
      <Form<Values>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ reach: 'read', days: 90 }}
        onFinish={submit}
      >
        <Form.Item name="name" label={t('name')} rules={[{ required: true, whitespace: true, message: t('required') }]}>
          <Input autoFocus maxLength={100} placeholder={t('nameExample')} autoComplete="off" />
        </Form.Item>
        <Form.Item name="reach" label={t('reach')}>
          <Radio.Group
            options={[
              { value: 'read', label: t('readAll') },
              { value: 'write', label: t('writeAll') },
              { value: 'chosen', label: t('chosen') },
            ]}
          />
        </Form.Item>
        <Form.Item noStyle dependencies={['reach']}>
          {({ getFieldValue }) => getFieldValue('reach') === 'chosen' && <Chosen />}
        </Form.Item>
        <Form.Item name="days" label={t('expiry')}>
          <Select<number>
            options={[30, 90, 365, 0].map((days) => ({
              value: days,
              label: days === 0 ? t('never') : t('days', { days }),
            }))}
          />
        </Form.Item>
      </Form>
    </Modal>
  )
}

function scopesOf({ reach, readObjects = [], writeObjects = [], permissions = [] }: Values): readonly string[] {
  if (reach !== 'chosen') return [reach]
  return [
    ...writeObjects.map((key) => `${key}:write`),
    ...readObjects.filter((key) => !writeObjects.includes(key)).map((key) => `${key}:read`),
    ...permissions.map((key) => `permission:${key}`),
  ]
}

function Chosen() {
  const t = useWords(keyWords)
  const label = useLabel()
  const { data } = useScopes()
  const objects = data?.objects ?? []
  const choices = (some: typeof objects) => some.map((object) => ({ value: object.key, label: label(object.label) }))
  const permissions = data?.permissions.map((one) => ({ value: one.key, label: label(one.label) })) ?? []
  const several = { mode: 'multiple', allowClear: true, showSearch: { optionFilterProp: 'label' } } as const
  return (
    <>
      <Form.Item name="readObjects" label={t('readObjects')}>
        <Select {...several} options={choices(objects)} />
      </Form.Item>
      <Form.Item name="writeObjects" label={t('writeObjects')}>
        <Select {...several} options={choices(objects.filter(({ canWrite }) => canWrite))} />
      </Form.Item>
      <Form.Item name="permissions" label={t('permissions')}>
        <Select {...several} options={permissions} />
      </Form.Item>
    </>
  )
}

function Secret({ secret, onClose }: { readonly secret: string; readonly onClose: () => void }) {
  const t = useWords(keyWords)
  return (
    <Modal
      open
      title={t('madeTitle')}
      closable={false}
      mask={{ closable: false }}
      footer={
        <Button type="primary" onClick={onClose}>
          {t('gotIt')}
        </Button>
      }
    >
      <Alert type="warning" showIcon title={t('madeText')} />
      <Typography.Paragraph className="key-secret" code copyable={{ text: secret }}>
        {secret}
      </Typography.Paragraph>
    </Modal>
  )
}
