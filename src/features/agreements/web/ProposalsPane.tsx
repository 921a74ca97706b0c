import { useMemo, useState } from 'react'
import { App, Button, Input, Select, Tag } from 'antd'
import { Figure } from '#web/kit/Figure.tsx'
import type { NumberUnit } from '#web/kit/number-text.ts'
import { EmptyState, ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { problemText } from '#web/kit/problem-text.ts'
import { TreeTable } from '#web/kit/TreeTable.tsx'
import { useMe } from '#web/session/me.ts'
import { useAddress, useChangeAddress } from '#web/shell/address.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import type { ProposalRow } from '../contract.ts'
import { ProposalForm } from './ProposalForm.tsx'
import { gapsOf } from '../gaps.ts'
import { useAgreementActs, useAskingPlans, useProposals } from './use-agreements.ts'
import { agreementWords } from './words.ts'

/** Top-down and bottom-up beside each other at every tier, with what may be done there. */
export function ProposalsPane() {
  const t = useWords(agreementWords)
  const label = useLabel()
  const plans = useAskingPlans()
  const address = useAddress()
  const change = useChangeAddress()
  const planId = address['plan'] ?? plans.data?.[0]?.id
  const open = useProposals(planId)
  if (plans.isError) return <ErrorState problem={plans.error} onRetry={() => void plans.refetch()} />
  if (!plans.data) return <LoadingState rows={6} />
  if (planId === undefined) return <EmptyState title={t('noPlans')} text={t('noPlansText')} />
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

interface ProposalTreeProps {
  readonly planId: string
  readonly unit: NumberUnit
  readonly rows: readonly ProposalRow[]
}

function ProposalTree({ planId, unit, rows }: ProposalTreeProps) {
  const t = useWords(agreementWords)
  const me = useMe()
  const gaps = useMemo(() => gapsOf(rows), [rows])
  const [adjusting, setAdjusting] = useState<ProposalRow>()
  const below = useMemo(() => Map.groupBy(rows, (row) => row.parentId), [rows])
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(
    () => new Set(rows.filter((row) => row.parentId === null || rows.length < 60).map((row) => row.node)),
  )
  const isOwn = (row: ProposalRow) => row.kind === 'person' && row.node.endsWith(me.person.id)
  const amount = (value: string | null) => (
    <Figure value={value} unit={unit} currency={me.company.currency} reason={t('notProposed')} />
  )
  const toggle = (key: string, isOpen: boolean) => {
    const next = new Set(unfolded)
    if (isOpen) next.add(key)
    else next.delete(key)
    setUnfolded(next)
  }
  return (
    <div className="proposal-tree">
      <TreeTable<ProposalRow>
        label={t('proposals')}
        roots={below.get(null) ?? []}
        keyOf={(row) => row.node}
        childrenOf={(row) => below.get(row.node) ?? []}
        nameOf={(row) => row.name}
        open={unfolded}
        onToggle={toggle}
        columns={[
          { key: 'name', title: t('row'), width: 'minmax(160px, 2fr)', cell: (row) => row.name },
          { key: 'top', title: t('topDown'), width: '130px', align: 'right', cell: (row) => amount(row.topDown) },
          { key: 'up', title: t('bottomUp'), width: '130px', align: 'right', cell: (row) => amount(row.bottomUp) },
          {
            key: 'gap',
            title: t('gap'),
            width: '150px',
            align: 'right',
            cell: (row) => amount(gaps.get(row.node)?.proposed ?? null),
          },
          {
            key: 'missing',
            title: t('missing'),
            width: '190px',
            align: 'right',
            cell: (row) => <Missing row={row} amount={gaps.get(row.node)?.missing ?? '0'} unit={unit} />,
          },
          {
            key: 'act',
            title: t('act'),
            width: '200px',
            cell: (row) => <RowActs planId={planId} row={row} isOwn={isOwn(row)} onAdjust={() => setAdjusting(row)} />,
          },
        ]}
      />
      {adjusting && (
        <ProposalForm
          planId={planId}
          node={adjusting.node}
          title={adjusting.name}
          isOwn={isOwn(adjusting)}
          onClose={() => setAdjusting(undefined)}
        />
      )}
    </div>
  )
}

interface MissingProps {
  readonly row: ProposalRow
  readonly amount: string
  readonly unit: NumberUnit
}

/** Who has not said anything, and how much is planned for them: it is no gap yet. */
function Missing({ row, amount, unit }: MissingProps) {
  const t = useWords(agreementWords)
  const { company } = useMe()
  if (row.rows === 0) return <span className="muted">—</span>
  if (row.missing === 0) return <span className="muted">{t('allProposed')}</span>
  if (row.kind === 'person') return <span>{t('notYet')}</span>
  return (
    <span>
      {t('missingOf', { n: row.missing, rows: row.rows })} ·{' '}
      <Figure value={amount} unit={unit} currency={company.currency} />
    </span>
  )
}

interface RowActsProps {
  readonly planId: string
  readonly row: ProposalRow
  /** It is the number of whoever looks. */
  readonly isOwn: boolean
  readonly onAdjust: () => void
}

function RowActs({ planId, row, isOwn, onAdjust }: RowActsProps) {
  const t = useWords(agreementWords)
  const { message, modal } = App.useApp()
  const acts = useAgreementActs()
  const attempt = async (act: () => Promise<unknown>) => {
    try {
      await act()
    } catch (problem) {
      void message.error(problemText(problem))
    }
  }
  const askBack = () => {
    let comment = ''
    modal.confirm({
      title: t('sendBackWhy', { name: row.name }),
      content: <Input aria-label={t('comment')} maxLength={500} onChange={(event) => (comment = event.target.value)} />,
      okText: t('sendBack'),
      onOk: () => attempt(() => acts.sendBack.mutateAsync({ planId, unit: row.node, comment })),
    })
  }
  return (
    <span className="row-acts">
      {row.submission && <Tag>{t(row.submission.state === 'submitted' ? 'submitted' : 'sentBack')}</Tag>}
      {row.can.propose && (
        <Button size="small" onClick={onAdjust}>
          {t(isOwn ? 'propose' : 'adjust')}
        </Button>
      )}
      {row.can.submit && (
        <Button
          size="small"
          type="primary"
          onClick={() => void attempt(() => acts.submitUnit.mutateAsync({ planId, unit: row.node }))}
        >
          {t('submitUnit')}
        </Button>
      )}
      {row.can.sendBack && (
        <Button size="small" onClick={askBack}>
          {t('sendBack')}
        </Button>
      )}
    </span>
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
