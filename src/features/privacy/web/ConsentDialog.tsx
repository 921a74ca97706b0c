import { DatePicker, Form, Input, Modal, Segmented, Select } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { kitWords } from '#web/kit/words.ts'
import { useMe } from '#web/session/me.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import {
  consentChannelLabels,
  consentChannels,
  consentKindLabels,
  consentKinds,
  type ConsentChannel,
  type ConsentKind,
} from '../contract.ts'
import { usePrivacyActs, type PersonPlace } from './use-privacy.ts'
import { privacyWords } from './words.ts'

interface Values {
  readonly kind: ConsentKind
  readonly state: 'given' | 'withdrawn'
  readonly saidOn: Dayjs
  readonly channel: ConsentChannel
  readonly textVersion?: string
  readonly note?: string
}

/** Records what a person said about one use of their data. */
export function ConsentDialog({ place, onClose }: { readonly place: PersonPlace; readonly onClose: () => void }) {
  const t = useWords(privacyWords)
  const k = useWords(kitWords)
  const label = useLabel()
  const { today } = useMe()
  const [form] = Form.useForm<Values>()
  const { record } = usePrivacyActs(place)
  const submit = ({ saidOn, textVersion, note, ...said }: Values) =>
    record.mutate(
      {
        ...said,
        saidOn: saidOn.format('YYYY-MM-DD'),
        ...(textVersion ? { textVersion } : {}),
        ...(note ? { note } : {}),
      },
      { onSuccess: onClose },
    )
  const needed = [{ required: true, message: t('required') }]
  return (
    <Modal
      open
      title={t('recordTitle')}
      onCancel={onClose}
      onOk={() => form.submit()}
      okText={k('save')}
      cancelText={k('cancel')}
      confirmLoading={record.isPending}
      closable={{ 'aria-label': k('close') }}
    >
      <Form<Values>
        form={form}
        layout="vertical"
        onFinish={submit}
        initialValues={{ kind: 'calls', state: 'given', saidOn: dayjs(today), channel: 'phone' }}
      >
        <Form.Item name="kind" label={t('kind')} rules={needed}>
          <Select options={consentKinds.map((value) => ({ value, label: label(consentKindLabels[value]) }))} />
        </Form.Item>
        <Form.Item name="state" label={t('state')} rules={needed}>
          <Segmented options={(['given', 'withdrawn'] as const).map((value) => ({ value, label: t(value) }))} />
        </Form.Item>
        <Form.Item name="saidOn" label={t('saidOn')} rules={needed}>
          <DatePicker format="YYYY-MM-DD" allowClear={false} className="privacy-wide" />
        </Form.Item>
        <Form.Item name="channel" label={t('channel')} rules={needed}>
          <Select options={consentChannels.map((value) => ({ value, label: label(consentChannelLabels[value]) }))} />
        </Form.Item>
        <Form.Item name="textVersion" label={t('textVersion')}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="note" label={t('note')}>
          <Input.TextArea maxLength={500} autoSize={{ minRows: 2 }} />
        </Form.Item>
      </Form>
    </Modal>
  )
}
