import { App, Checkbox, Form, Input, Modal, Select } from 'antd'
import type { Label, Language } from '#base/label.ts'
import { robotBrands, type RobotBrand, type RobotView } from '#engine/contract/robots.ts'
import { problemText } from '#web/kit/problem-text.ts'
import { kitWords } from '#web/kit/words.ts'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import { connectionWords } from './connection-words.ts'
import { useRobotActs } from './use-connections.ts'
import { useRefuseFields } from './use-refuse-fields.ts'

interface RobotDialogProps {
  /** The robot to change; absent: a new one. */
  readonly robot?: RobotView | undefined
  readonly kinds: readonly { readonly kind: string; readonly label: Label }[]
  readonly onClose: () => void
}

interface Values {
  readonly name: string
  readonly brand: RobotBrand
  readonly address?: string
  readonly secret?: string
  readonly dropSecret?: boolean
  readonly kinds: string[]
  readonly language: Language
}

/** Adds a robot or changes it. Address and secret go in and never come out again. */
export function RobotDialog({ robot, kinds, onClose }: RobotDialogProps) {
  const t = useWords(connectionWords)
  const k = useWords(kitWords)
  const label = useLabel()
  const reader = useLanguage()
  const { message } = App.useApp()
  const [form] = Form.useForm<Values>()
  const acts = useRobotActs()
  const refuse = useRefuseFields(form, ['name', 'address', 'secret', 'kinds'])
  const brand = Form.useWatch('brand', form) ?? robot?.brand ?? 'wecom'
  const done = {
    onSuccess: onClose,
    onError: (problem: unknown) => {
      if (!refuse(problem)) void message.error(problemText(problem))
    },
  }
  const submit = ({ name, brand: chosen, address, secret, dropSecret, kinds: carried, language }: Values) => {
    const given = { name, kinds: carried, language }
    if (!robot) {
      acts.create.mutate({ ...given, brand: chosen, address: address ?? '', ...(secret ? { secret } : {}) }, done)
      return
    }
    const keys = {
      ...(address ? { address } : {}),
      ...(dropSecret ? { secret: null } : secret ? { secret } : {}),
    }
    acts.change.mutate({ id: robot.id, version: robot.version, ...given, ...keys }, done)
  }
  const required = [{ required: true, whitespace: true, message: t('required') }]
  return (
    <Modal
      open
      title={robot ? t('edit', { name: robot.name }) : t('addRobot')}
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
        initialValues={{
          brand: 'wecom',
          language: reader,
          kinds: kinds.map(({ kind }) => kind),
          ...(robot ? { name: robot.name, brand: robot.brand, kinds: robot.kinds, language: robot.language } : {}),
        }}
        onFinish={submit}
      >
        <Form.Item name="name" label={t('name')} rules={required}>
          <Input maxLength={80} autoFocus />
        </Form.Item>
        <Form.Item name="brand" label={t('brand')}>
          <Select<RobotBrand>
            disabled={robot !== undefined}
            options={robotBrands.map((value) => ({ value, label: t(value) }))}
          />
        </Form.Item>
        <Form.Item name="address" label={t('address')} {...(robot ? { extra: t('addressKept') } : { rules: required })}>
          <Input autoComplete="off" maxLength={1000} placeholder={robot?.host ?? 'https://'} />
        </Form.Item>
        {brand !== 'wecom' && (
          <>
            <Form.Item name="secret" label={t('secret')} {...(robot?.hasSecret ? { extra: t('secretKept') } : {})}>
              <Input.Password autoComplete="off" maxLength={200} />
            </Form.Item>
            {robot?.hasSecret && (
              <Form.Item name="dropSecret" valuePropName="checked">
                <Checkbox>{t('dropSecret')}</Checkbox>
              </Form.Item>
            )}
          </>
        )}
        <Form.Item name="kinds" label={t('kinds')}>
          <Select<string[]>
            mode="multiple"
            maxTagCount="responsive"
            options={kinds.map((one) => ({ value: one.kind, label: label(one.label) }))}
          />
        </Form.Item>
        <Form.Item name="language" label={t('language')}>
          <Select<Language>
            options={[
              { value: 'zh', label: t('chinese') },
              { value: 'en', label: t('english') },
            ]}
          />
        </Form.Item>
      </Form>
    </Modal>
  )
}
