import { Alert, Form, Input, Modal } from 'antd'
import { ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { kitWords } from '#web/kit/words.ts'
import { useWords } from '#web/words/use-words.ts'
import { usePreview, usePrivacyActs, type PersonPlace } from './use-privacy.ts'
import { privacyWords } from './words.ts'

interface Values {
  readonly reason: string
  readonly confirm: string
}

/** Shows what an erasure touches, and begins it once a reason is given and the name is typed again. */
export function EraseDialog({ place, onClose }: { readonly place: PersonPlace; readonly onClose: () => void }) {
  const t = useWords(privacyWords)
  const k = useWords(kitWords)
  const [form] = Form.useForm<Values>()
  const preview = usePreview(place)
  const { erase } = usePrivacyActs(place)
  const name = preview.data?.name ?? ''
  const typed = Form.useWatch('confirm', form)
  return (
    <Modal
      open
      title={t('eraseTitle', { name })}
      onCancel={onClose}
      onOk={() => form.submit()}
      okText={t('eraseNow')}
      okButtonProps={{ danger: true, disabled: !preview.data || typed !== name }}
      cancelText={k('cancel')}
      confirmLoading={erase.isPending}
      closable={{ 'aria-label': k('close') }}
    >
      {preview.isPending && <LoadingState rows={3} />}
      {preview.isError && <ErrorState problem={preview.error} onRetry={() => void preview.refetch()} />}
      {preview.data && (
        <Form<Values> form={form} layout="vertical" onFinish={(values) => erase.mutate(values, { onSuccess: onClose })}>
          <Alert type="warning" showIcon title={t('eraseText')} />
          <p>{t('touches', { ...nothing, ...preview.data.counts })}</p>
          <Form.Item
            name="reason"
            label={t('reason')}
            rules={[{ required: true, whitespace: true, message: t('required') }]}
          >
            <Input.TextArea maxLength={500} autoSize={{ minRows: 2 }} placeholder={t('reasonExample')} />
          </Form.Item>
          <Form.Item name="confirm" label={t('confirm', { name })} rules={[{ required: true, message: t('required') }]}>
            <Input autoComplete="off" />
          </Form.Item>
        </Form>
      )}
    </Modal>
  )
}

const nothing = { records: 0, entries: 0, files: 0, texts: 0, comments: 0, imports: 0 }
