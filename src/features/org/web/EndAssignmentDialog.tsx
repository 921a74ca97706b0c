import { Form, Modal } from 'antd'
import { call } from '#web/api/call.ts'
import { kitWords } from '#web/kit/words.ts'
import { useMe } from '#web/session/me.ts'
import { useWords } from '#web/words/use-words.ts'
import { endAssignmentRoute, type PersonReply } from '../contract.ts'
import { DayInput } from './Pickers.tsx'
import { orgWords } from './org-words.ts'
import { useOrgAct } from './use-org.ts'

interface EndAssignmentDialogProps {
  readonly assignment: PersonReply['assignments'][number]
  readonly onClose: () => void
}

/** Ends an assignment on a day. */
export function EndAssignmentDialog({ assignment, onClose }: EndAssignmentDialogProps) {
  const t = useWords(orgWords)
  const k = useWords(kitWords)
  const { today } = useMe()
  const [form] = Form.useForm<{ on: string }>()
  const act = useOrgAct(
    ({ on }: { on: string }) => call(endAssignmentRoute, { params: { id: assignment.id }, body: { on } }),
    { form, onDone: onClose },
  )
  return (
    <Modal
      open
      title={t('endTitle', { name: assignment.unitName })}
      okText={k('save')}
      cancelText={k('cancel')}
      confirmLoading={act.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ on: today }}
        onFinish={(values) => act.mutate(values)}
      >
        <Form.Item name="on" label={t('endOn')} rules={[{ required: true, message: t('required') }]}>
          <DayInput allowClear={false} />
        </Form.Item>
      </Form>
    </Modal>
  )
}
