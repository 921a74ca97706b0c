import { useState } from 'react'
import { Button, Tag } from 'antd'
import { periodsTogether } from '#engine/metrics/plan-rule.ts'
import { amountText } from '#web/kit/amount-text.ts'
import { dayBefore, plainDay } from '#web/kit/date-text.ts'
import { ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { Panel } from '#web/kit/Panel.tsx'
import { useMe } from '#web/session/me.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import type { Appeal, OwnProposal, OwnTarget } from '../contract.ts'
import { AppealForm } from './AppealForm.tsx'
import { AppealCards } from './AppealCards.tsx'
import { AskedAmount } from './AskedAmount.tsx'
import { ProposalForm } from './ProposalForm.tsx'
import { useAppeals, useMyTargets } from './use-agreements.ts'
import { agreementWords } from './words.ts'
import './agreements.css'

/** The own targets of a year with their history: from here one appeals; and plans that ask for the own number. */
export function OwnAgreements({ year }: { readonly year: number }) {
  const t = useWords(agreementWords)
  const targets = useMyTargets()
  const appeals = useAppeals('mine')
  if (targets.isError) return <ErrorState problem={targets.error} onRetry={() => void targets.refetch()} />
  if (!targets.data) return <LoadingState rows={4} />
  const asking = targets.data.proposals.filter(isAsked)
  const binding = targets.data.targets.filter(({ plan }) => plan.year === year)
  const open = new Map(
    (appeals.data ?? []).flatMap((one) => (one.state === 'open' ? [[`${one.plan.id} ${one.node}`, one]] : [])),
  )
  return (
    <>
      {asking.length > 0 && (
        <Panel title={t('asking')}>
          <ul className="own-target-list">
            {asking.map((target) => (
              <Asking key={keyOf(target)} target={target} />
            ))}
          </ul>
        </Panel>
      )}
      {binding.length > 0 && (
        <Panel title={t('binding', { year })}>
          <ul className="own-target-list">
            {binding.map((target) => (
              <Binding key={keyOf(target)} target={target} open={open.get(keyOf(target))} />
            ))}
          </ul>
        </Panel>
      )}
      {(appeals.data?.length ?? 0) > 0 && (
        <Panel title={t('myAppeals')}>
          <AppealCards list="mine" />
        </Panel>
      )}
    </>
  )
}

/** What is closed, and unsaid, asks for nothing. */
function isAsked({ proposeClosed, proposal }: OwnProposal): boolean {
  return proposeClosed === null || proposal !== null
}

type Own = Pick<OwnTarget, 'plan' | 'node' | 'name' | 'kind'>

const keyOf = ({ plan, node }: Own) => `${plan.id} ${node}`

/** Which target: its metric, and of whom, where it is that of a unit. */
function useTitle({ plan, name, kind }: Own): string {
  const label = useLabel()
  const { person } = useMe()
  const about = `${label(plan.metricLabel)} ${label(plan.yearLabel)}`
  return kind === 'unit' || name !== person.name ? `${name} · ${about}` : about
}

/** Beside the target of a unit that somebody leads stands the personal one. */
function OwnWord({ target }: { readonly target: Own }) {
  const t = useWords(agreementWords)
  return target.kind === 'person' && <span className="muted">{t('ownRow')}</span>
}

function Asking({ target }: { readonly target: OwnProposal }) {
  const t = useWords(agreementWords)
  const [isOpen, setOpen] = useState(false)
  const { plan, proposal } = target
  const title = useTitle(target)
  return (
    <li className="own-target">
      <div className="own-target-words">
        <b>{title}</b>
        <OwnWord target={target} />
        <span className="muted">
          {target.proposalsUntil && t('proposeUntil', { day: plainDay(target.proposalsUntil) })}
        </span>
      </div>
      <dl className="own-target-figures">
        <AskedAmount
          name={t('proposal')}
          value={proposal?.total ?? null}
          unit={plan.measure}
          reason={t('notProposed')}
        />
      </dl>
      <Button
        type={proposal ? 'default' : 'primary'}
        onClick={() => setOpen(true)}
        aria-label={`${t('propose')} ${title}`}
      >
        {t(proposal ? 'changeProposal' : 'propose')}
      </Button>
      {isOpen && (
        <ProposalForm
          planId={plan.id}
          node={target.node}
          isOwn={target.kind === 'person'}
          title={title}
          onClose={() => setOpen(false)}
        />
      )}
    </li>
  )
}

function Binding({ target, open }: { readonly target: OwnTarget; readonly open: Appeal | undefined }) {
  const t = useWords(agreementWords)
  const [isOpen, setOpen] = useState(false)
  const title = useTitle(target)
  return (
    <li className="own-target" aria-label={title}>
      <div className="own-target-words">
        <b>{title}</b>
        <OwnWord target={target} />
        {open ? <Tag>{t('appealed')}</Tag> : null}
      </div>
      <dl className="own-target-figures">
        <AskedAmount name={t('year')} value={periodsTogether(target.months, target.plan)} unit={target.plan.measure} />
      </dl>
      {target.appealClosed === null && target.firstOpen !== null && !open && (
        <Button onClick={() => setOpen(true)} aria-label={`${t('appeal')} ${title}`}>
          {t('appeal')}
        </Button>
      )}
      <Amended target={target} />
      <Periods target={target} />
      {isOpen && <AppealForm target={target} onClose={() => setOpen(false)} />}
    </li>
  )
}

/** What the target was, until when, and what it is since. */
function Amended({ target }: { readonly target: OwnTarget }) {
  const t = useWords(agreementWords)
  if (target.amendments.length === 0) return null
  const year = (months: readonly string[]) => amountText(periodsTogether(months, target.plan), target.plan.measure)
  return (
    <div className="own-target-history">
      <h3>{t('amendments')}</h3>
      <ol>
        {target.amendments.map((one) => (
          <li key={one.id}>
            <span className="num">{t('until', { day: dayBefore(one.fromDay), before: year(one.before) })}</span>
            <b className="num">{t('since', { day: plainDay(one.fromDay), after: year(one.after) })}</b>
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
              <td className="num">{amountText(target.months[at] ?? '0', target.plan.measure)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
