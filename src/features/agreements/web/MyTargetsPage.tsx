import { useState } from 'react'
import { Button } from 'antd'
import { grouped } from '#engine/money/short-form.ts'
import { periodsTogether } from '#engine/metrics/plan-rule.ts'
import { BoardPage } from '#web/kit/PageShape.tsx'
import { EmptyState, ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { dayBefore, plainDay } from '#web/kit/date-text.ts'
import { useWhoAndWhen } from '#web/shell/who-and-when.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { TargetTabs } from '#features/targets/web/index.tsx'
import type { OwnProposal, OwnTarget } from '../contract.ts'
import { AppealForm } from './AppealForm.tsx'
import { AppealCards } from './AppealCards.tsx'
import { ProposalForm } from './ProposalForm.tsx'
import { useMyTargets } from './use-agreements.ts'
import { agreementWords } from './words.ts'
import './agreements.css'

/** The own targets with their history; from here one proposes and appeals, on a phone as well. */
export function MyTargetsPage() {
  const t = useWords(agreementWords)
  const { period } = useWhoAndWhen()
  const targets = useMyTargets(period.year)
  return (
    <BoardPage title={t('mine')} note={t('mineNote')} bar={<TargetTabs />}>
      {targets.isPending ? (
        <LoadingState rows={6} />
      ) : targets.isError ? (
        <ErrorState problem={targets.error} onRetry={() => void targets.refetch()} />
      ) : targets.data.targets.length + targets.data.proposals.length === 0 ? (
        <EmptyState title={t('none')} text={t('noneText')} />
      ) : (
        <div className="own-targets">
          {targets.data.proposals.map((asked) => (
            <ProposalCard key={`${asked.plan.id} ${asked.node}`} asked={asked} />
          ))}
          {targets.data.targets.map((target) => (
            <TargetCard key={`${target.plan.id} ${target.node}`} target={target} />
          ))}
          <section aria-label={t('appeals')}>
            <h2>{t('appeals')}</h2>
            <AppealCards list="mine" />
          </section>
        </div>
      )}
    </BoardPage>
  )
}

function TargetCard({ target }: { readonly target: OwnTarget }) {
  const t = useWords(agreementWords)
  const label = useLabel()
  const [isAppealing, setAppealing] = useState(false)
  const { plan } = target
  return (
    <section className="own-target" aria-label={`${label(plan.metricLabel)} ${target.name}`}>
      <header>
        <h2>{label(plan.metricLabel)}</h2>
        <span className="muted">
          {label(plan.yearLabel)} · {target.name}
        </span>
      </header>
      <p className="own-target-year">
        <small className="muted">{t('year')}</small>
        <b className="num">{grouped(periodsTogether(target.months, plan))}</b>
      </p>
      <Amended target={target} />
      <Periods target={target} />
      <div className="own-target-acts">
        {target.appealClosed === null && target.firstOpen !== null && (
          <Button onClick={() => setAppealing(true)}>{t('appeal')}</Button>
        )}
      </div>
      {isAppealing && <AppealForm target={target} onClose={() => setAppealing(false)} />}
    </section>
  )
}

/** A number that is asked for: the plan is a draft, and binds nobody yet. */
function ProposalCard({ asked }: { readonly asked: OwnProposal }) {
  const t = useWords(agreementWords)
  const label = useLabel()
  const [isOpen, setOpen] = useState(false)
  const { plan, proposal } = asked
  return (
    <section className="own-target" aria-label={`${t('proposal')} ${label(plan.metricLabel)} ${asked.name}`}>
      <header>
        <h2>
          {t('proposal')} · {label(plan.metricLabel)}
        </h2>
        <span className="muted">
          {label(plan.yearLabel)} · {asked.name}
        </span>
      </header>
      <p className="own-target-year">
        <small className="muted">{t('proposal')}</small>
        <b className="num">{proposal ? grouped(proposal.total) : t('notProposed')}</b>
      </p>
      <p className="muted">
        {asked.proposeClosed ?? (asked.proposalsUntil ? t('proposeUntil', { day: plainDay(asked.proposalsUntil) }) : '')}
      </p>
      {asked.proposeClosed === null && (
        <div className="own-target-acts">
          <Button type="primary" onClick={() => setOpen(true)}>
            {t(proposal ? 'changeProposal' : 'propose')}
          </Button>
        </div>
      )}
      {isOpen && (
        <ProposalForm
          planId={plan.id}
          node={asked.node}
          isOwn
          title={label(plan.metricLabel)}
          onClose={() => setOpen(false)}
        />
      )}
    </section>
  )
}

/** What the target was, until when, and what it is since. */
function Amended({ target }: { readonly target: OwnTarget }) {
  const t = useWords(agreementWords)
  if (target.amendments.length === 0) return null
  return (
    <div className="own-target-history">
      <h3>{t('amendments')}</h3>
      <ol>
        {target.amendments.map((one) => (
          <li key={one.id}>
            <span className="num">
              {t('until', { day: dayBefore(one.fromDay), before: grouped(periodsTogether(one.before, target.plan)) })}
            </span>
            <b className="num">
              {t('since', { day: plainDay(one.fromDay), after: grouped(periodsTogether(one.after, target.plan)) })}
            </b>
            <span className="muted">{t('decidedBy', { name: one.by?.name ?? '—', reason: one.reason })}</span>
          </li>
        ))}
      </ol>
    </div>
  )
}

function Periods({ target }: { readonly target: OwnTarget }) {
  const t = useWords(agreementWords)
  const label = useLabel()
  return (
    <details className="own-target-periods">
      <summary>{t('byPeriod')}</summary>
      <table>
        <tbody>
          {target.periods.map((period, at) => (
            <tr key={period.key}>
              <th scope="row">{label(period.label)}</th>
              <td className="num">{grouped(target.months[at] ?? '0')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
