import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { Alert, App, Form, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { fromUnits, isWhole } from '#engine/money/units.ts'
import { call } from '#web/api/call.ts'
import { amountText, typedAmount } from '#web/kit/amount-text.ts'
import { problemText } from '#web/kit/problem-text.ts'
import { kitWords } from '#web/kit/words.ts'
import { useMe } from '#web/session/me.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { restOf } from '../../amendment.ts'
import type { Carry } from '../../carry.ts'
import { amendPlanRoute, previewAmendmentRoute } from '../../path-contract.ts'
import { askedOfCarry } from '../carry-fallback.ts'
import { CarryChoice } from '../CarryChoice.tsx'
import { AmendmentEffects } from './AmendmentEffects.tsx'
import { amendWords } from './amend-words.ts'
import type { PlanLine } from './open-plan.ts'
import { usePlanActs, type OpenPlan } from './use-plan.ts'

interface AmendDialogProps {
  readonly open: OpenPlan
  /** The row where the cursor stands. */
  readonly chosen: PlanLine
  readonly onClose: () => void
}

/** A target that is another one from a period on: who carries the difference is seen before it is written, with a reason. */
export function AmendDialog({ open, chosen, onClose }: AmendDialogProps) {
  const t = useWords(amendWords)
  const k = useWords(kitWords)
  const label = useLabel()
  const { message } = App.useApp()
  const { company, today } = useMe()
  const { refetch } = usePlanActs()
  const { plan, months, rows, tree } = open
  const coming = months.flatMap((month, at) => (month.to > today ? [{ value: at + 1, label: label(month.label) }] : []))
  const [node, setNode] = useState(chosen.id)
  const [from, setFrom] = useState(coming[0]?.value)
  const [carry, setCarry] = useState<Carry>()
  const [text, setText] = useState('')
  const [reason, setReason] = useState('')
  const row = rows.find(({ id }) => id === node)
  const isSummed = plan.rule.nodes === 'sum'
  const restNow = from === undefined ? '' : fromUnits(restOf(tree, node, from - 1), plan.unit)
  const total = typedAmount(text, plan.measure)
  const isAmount = total !== null && !total.startsWith('-') && isWhole(total, plan.unit)
  const wish = from !== undefined && isAmount ? { node, from, total } : undefined
  const preview = useQuery({
    queryKey: ['plan', plan.id, 'amendment', plan.version, wish, carry],
    queryFn: ({ signal }) =>
      askedOfCarry(carry, (carrying) =>
        call(previewAmendmentRoute, {
          params: { planId: plan.id },
          body: { ...(wish ?? { node, from: 1, total: '0' }), ...carrying },
          signal,
        }),
      ),
    enabled: wish !== undefined,
    placeholderData: keepPreviousData,
    retry: false,
  })
  const amend = useMutation({
    mutationFn: (body: NonNullable<typeof wish> & { carry: Carry }) =>
      call(amendPlanRoute, {
        params: { planId: plan.id },
        body: { ...body, version: plan.version, reason: reason.trim() },
      }),
    onSuccess: refetch,
  })
  const submit = async () => {
    if (!wish || !preview.data) return
    try {
      await amend.mutateAsync({ ...wish, carry: preview.data.carry })
      void message.success(t('amended', { name: row?.name ?? '' }))
      onClose()
    } catch (problem) {
      void message.error(problemText(problem))
    }
  }
  const isReady = wish !== undefined && preview.isSuccess && !preview.isPlaceholderData && reason.trim() !== ''
  const totalWord = t(isSummed ? 'total' : 'newTarget')
  const shown = (amount: string) => amountText(amount, plan.measure)
  const name = (id: string) => rows.find((each) => each.id === id)?.name ?? ''
  return (
    <Modal
      open
      width={720}
      title={t('title')}
      okText={t('amend')}
      cancelText={k('cancel')}
      okButtonProps={{ disabled: !isReady, loading: amend.isPending }}
      onOk={() => void submit()}
      onCancel={onClose}
      closable={{ 'aria-label': k('close') }}
    >
      <p className="muted">{t('hint')}</p>
      {coming.length === 0 && <Alert type="warning" showIcon title={t('yearOver')} />}
      <Form layout="vertical" className="plan-amend" requiredMark={false}>
        <Form.Item label={t('whose')}>
          <Select
            aria-label={t('whose')}
            showSearch={{ optionFilterProp: 'label' }}
            value={node}
            options={rows
              .filter(({ canEdit, parentId }) => canEdit || (parentId !== null && plan.can.manage))
              .map(({ id, name: own, parentId }) => ({
                value: id,
                label: parentId === null ? own : `${own} · ${name(parentId)}`,
              }))}
            onChange={(next) => {
              setNode(next)
              setCarry(undefined)
            }}
          />
        </Form.Item>
        <Form.Item label={t('from')}>
          <Select
            aria-label={t('from')}
            value={from ?? null}
            options={coming}
            onChange={(next) => {
              setFrom(next)
              setCarry(undefined)
            }}
          />
        </Form.Item>
        <Form.Item
          label={`${totalWord}${plan.measure === 'money' ? ` (${company.currency})` : ''}`}
          extra={t('restNow', { amount: shown(restNow) })}
          validateStatus={text !== '' && !isAmount ? 'error' : ''}
          help={text !== '' && !isAmount ? t('notAnAmount', { text }) : undefined}
        >
          <Input
            aria-label={totalWord}
            inputMode="decimal"
            placeholder={shown(restNow)}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </Form.Item>
        <CarryChoice plan={plan} preview={wish && preview.data} chosen={carry} onChoose={setCarry} />
        <Form.Item label={t('reason')}>
          <Input
            aria-label={t('reason')}
            placeholder={t('reasonExample')}
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </Form.Item>
      </Form>
      {preview.isError && <Alert type="warning" showIcon title={problemText(preview.error)} />}
      {wish && preview.data && !preview.isError && (
        <AmendmentEffects preview={preview.data} measure={plan.measure} month={months[(from ?? 1) - 1]} />
      )}
    </Modal>
  )
}
