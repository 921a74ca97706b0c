import { useState } from 'react'
import { App, Button, Input, Select } from 'antd'
import { EmptyState, ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { problemText } from '#web/kit/problem-text.ts'
import { useLeads } from '#web/session/me.ts'
import { useAddress, useChangeAddress } from '#web/shell/address.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { ProposalTree } from './ProposalTree.tsx'
import { useAgreementActs, useAskingPlans, useProposals } from './use-agreements.ts'
import { agreementWords } from './words.ts'

/** Top-down and bottom-up beside each other at every tier, with what may be done there. */
export function ProposalsPane() {
  const t = useWords(agreementWords)
  const label = useLabel()
  const plans = useAskingPlans()
  const address = useAddress()
  const change = useChangeAddress()
  const leads = useLeads()
  const planId = address['plan'] ?? plans.data?.[0]?.id
  const open = useProposals(planId)
  if (plans.isError) return <ErrorState problem={plans.error} onRetry={() => void plans.refetch()} />
  if (!plans.data) return <LoadingState rows={6} />
  if (planId === undefined) return <EmptyState title={t('noPlans')} text={t(leads ? 'noPlansText' : 'noPlansOwn')} />
  return (
    <div className="proposals-pane">
      <Select
        aria-label={t('plan')}
        value={planId}
        popupMatchSelectWidth={false}
        options={plans.data.map((plan) => ({
          value: plan.id,
          label: `${label(plan.metricLabel)} ${label(plan.yearLabel)}`,
        }))}
        onChange={(plan: string) => change({ plan })}
      />
      {open.isError ? (
        <ErrorState problem={open.error} onRetry={() => void open.refetch()} />
      ) : !open.data ? (
        <LoadingState rows={6} />
      ) : (
        <>
          <p className="muted">{open.data.closed ?? t('gapHint')}</p>
          <ProposalTree planId={planId} unit={open.data.plan.measure} rows={open.data.rows} />
          {open.data.plan.can.manage && open.data.plan.status === 'draft' && (
            <TakeOver planId={planId} version={open.data.plan.version} />
          )}
        </>
      )}
    </div>
  )
}

function TakeOver({ planId, version }: { readonly planId: string; readonly version: number }) {
  const t = useWords(agreementWords)
  const { message } = App.useApp()
  const { takeOver } = useAgreementActs()
  const [reason, setReason] = useState('')
  const submit = async () => {
    try {
      const { taken, kept } = await takeOver.mutateAsync({ planId, version, reason: reason.trim() })
      void message.success(t('takenOver', { n: taken, kept }))
      setReason('')
    } catch (problem) {
      void message.error(problemText(problem))
    }
  }
  return (
    <div className="take-over">
      <Input
        aria-label={t('takeOverWhy')}
        placeholder={t('takeOverWhy')}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <Button type="primary" disabled={reason.trim() === ''} loading={takeOver.isPending} onClick={() => void submit()}>
        {t('takeOver')}
      </Button>
    </div>
  )
}
