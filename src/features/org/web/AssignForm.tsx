import { useState } from 'react'
import { Alert, Button, Form, Input, Radio } from 'antd'
import { call } from '#web/api/call.ts'
import type { ApiProblem } from '#web/api/problem.ts'
import { problemText } from '#web/kit/problem-text.ts'
import { useMe } from '#web/session/me.ts'
import { useWords } from '#web/words/use-words.ts'
import { assignRoute } from '../contract.ts'
import type { UnitRow } from '../org-tree.ts'
import { DayInput, UnitPicker } from './Pickers.tsx'
import { orgWords } from './org-words.ts'
import { useOrgAct } from './use-org.ts'

interface AssignFormProps {
  readonly personId: string
  readonly rows: readonly UnitRow[]
  readonly day: string
  readonly unitId?: string | undefined
  readonly onDone?: () => void
}

interface Values {
  readonly unitId: string
  readonly from: string
  readonly isMain: boolean
  readonly position?: string
  readonly share?: string
  readonly later?: 'keep' | 'replace'
}

/** Moves a person from a day on, or adds a second place; a later move in the way is asked about. */
export function AssignForm({ personId, rows, day, unitId, onDone }: AssignFormProps) {
  const t = useWords(orgWords)
  const { today } = useMe()
  const [form] = Form.useForm<Values>()
  const [inTheWay, setInTheWay] = useState<string>()
  const isMain = Form.useWatch('isMain', form) ?? true
  const from = Form.useWatch('from', form)
  const act = useOrgAct(
    ({ position, share, later, ...values }: Values) =>
      call(assignRoute, {
        body: {
          ...values,
          personId,
          share: values.isMain ? '100' : (share ?? '50'),
          ...(position ? { position } : {}),
          ...(later ? { later } : {}),
        },
      }),
    {
      form,
      onDone: () => {
        setInTheWay(undefined)
        form.resetFields()
        onDone?.()
      },
      onProblem: (problem: ApiProblem) => {
        if (problem.code !== 'LATER_MOVE') return false
        setInTheWay(problem.title || problemText(problem))
        return true
      },
    },
  )
  const required = { required: true, message: t('required') }
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{ from: day, isMain: true, share: '50', unitId }}
      onFinish={(values) => act.mutate(values)}
    >
      <Form.Item name="isMain" label={t('kind')}>
        <Radio.Group
          options={[
            { value: true, label: t('kindMain') },
            { value: false, label: t('kindSide') },
          ]}
        />
      </Form.Item>
      <div className="org-pair">
        <Form.Item name="unitId" label={t('unit')} rules={[required]}>
          <UnitPicker rows={rows} />
        </Form.Item>
        <Form.Item
          name="from"
          label={t('from')}
          rules={[required]}
          extra={from && from < today && isMain ? t('backdated') : undefined}
        >
          <DayInput allowClear={false} />
        </Form.Item>
      </div>
      <div className="org-pair">
        <Form.Item name="position" label={t('position')}>
          <Input maxLength={60} />
        </Form.Item>
        {!isMain && (
          <Form.Item name="share" label={t('share')} rules={[required]}>
            <Input inputMode="decimal" />
          </Form.Item>
        )}
      </div>
      {inTheWay && (
        <>
          <Alert type="warning" showIcon title={inTheWay} className="entry-alert" />
          <Form.Item name="later" label={t('later')} rules={[required]}>
            <Radio.Group
              options={[
                { value: 'keep', label: t('laterKeep') },
                { value: 'replace', label: t('laterReplace') },
              ]}
            />
          </Form.Item>
        </>
      )}
      <Button type="primary" htmlType="submit" loading={act.isPending}>
        {t(isMain ? 'doMove' : 'doSide')}
      </Button>
    </Form>
  )
}
