import { Select, Tabs } from 'antd'
import { everyDigit } from '#web/kit/number-text.ts'
import { ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { Panel } from '#web/kit/Panel.tsx'
import { useAddress, useChangeAddress } from '#web/shell/address.ts'
import { PageLink } from '#web/shell/PageLink.tsx'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import type { DraftShape } from '../contract.ts'
import type { Effects } from '../effects-contract.ts'
import { FigureTable } from './FigureTable.tsx'
import { OwnedLinks } from './OwnedLinks.tsx'
import { useEffects } from './use-reorganisations.ts'
import { reorganisationWords } from './words.ts'

/** What the draft would do, one question a tab. */
export function EffectsPanel({ draft }: { readonly draft: DraftShape }) {
  const t = useWords(reorganisationWords)
  const { told: metric, year: period } = useAddress()
  const asked = { ...(metric === undefined ? {} : { metric }), ...(period === undefined ? {} : { period }) }
  const effects = useEffects(draft.id, draft.version, asked)
  const told = effects.data
  return (
    <Panel title={t('effects')} extra={told && <Choices told={told} />}>
      {effects.isPending && <LoadingState rows={6} />}
      {effects.isError && <ErrorState problem={effects.error} onRetry={() => void effects.refetch()} />}
      {told && (
        <Tabs
          items={[
            { key: 'results', label: t('tabResults'), children: <Results told={told} /> },
            { key: 'plans', label: t('tabPlans'), children: <Plans told={told} /> },
            {
              key: 'approvals',
              label: `${t('tabApprovals')} ${told.approvals.length}`,
              children: <Approvals told={told} />,
            },
            { key: 'sight', label: `${t('tabSight')} ${told.sight.length}`, children: <Sight told={told} /> },
            {
              key: 'handOvers',
              label: `${t('tabHandOvers')} ${told.handOvers.length}`,
              children: <HandOvers told={told} />,
            },
          ]}
        />
      )}
    </Panel>
  )
}

interface TabProps {
  readonly told: Effects
}

/** By which metric and year results are told anew, kept in the address. */
function Choices({ told: { metric, period, choices } }: TabProps) {
  const t = useWords(reorganisationWords)
  const label = useLabel()
  const change = useChangeAddress()
  return (
    <span className="reorg-choices">
      <span className="muted">{t('toldBy')}</span>
      <Select
        aria-label={t('toldMetric')}
        value={metric.key}
        popupMatchSelectWidth={false}
        options={choices.metrics.map((one) => ({ value: one.key, label: label(one.label) }))}
        onChange={(told: string) => change({ told })}
      />
      <Select
        aria-label={t('toldYear')}
        value={period.key}
        popupMatchSelectWidth={false}
        options={choices.periods.map((year) => ({ value: year, label: year }))}
        onChange={(year: string) => change({ year })}
      />
    </span>
  )
}

function Results({ told: { results, metric } }: TabProps) {
  const t = useWords(reorganisationWords)
  const label = useLabel()
  const language = useLanguage()
  const text = (value: string | null) => everyDigit(value, { unit: metric.unit, language, currency: metric.currency })
  if (!results) return <p className="muted">{t('resultsHidden')}</p>
  return (
    <>
      <p className="muted">
        {label(metric.label)} · {t('total', { total: text(results.total.after) })}
      </p>
      <FigureTable
        heads={[t('asItWas'), t('wouldBe'), t('change')]}
        rows={results.nodes.map((node) => ({
          ...node,
          figures: [text(node.before), text(node.after), node.change === '0' ? '—' : text(node.change)],
          isOther: node.change !== null && Number(node.change) !== 0,
        }))}
      />
    </>
  )
}

function Plans({ told: { plans, metric } }: TabProps) {
  const t = useWords(reorganisationWords)
  const label = useLabel()
  const language = useLanguage()
  if (plans.length === 0) return <p className="muted">{t('noPlans')}</p>
  return (
    <>
      <p className="muted">{t('plansNote')}</p>
      {plans.map((plan) => {
        const text = (value: string | null) =>
          everyDigit(value, { unit: plan.unit, language, currency: metric.currency })
        return (
          <section key={plan.id}>
            <h3>{t('plan', { metric: label(plan.metric), year: plan.year })}</h3>
            <FigureTable
              heads={[t('stays'), t('refreshed'), t('change')]}
              rows={plan.nodes.map((node) => ({
                ...node,
                figures: [text(node.stays), text(node.refreshed), Number(node.change) === 0 ? '—' : text(node.change)],
                isOther: Number(node.change) !== 0,
              }))}
            />
          </section>
        )
      })}
    </>
  )
}

const names = (all: readonly { readonly name: string }[], divider: string) => all.map((one) => one.name).join(divider)

function Approvals({ told: { approvals } }: TabProps) {
  const t = useWords(reorganisationWords)
  if (approvals.length === 0) return <p className="muted">{t('noApprovals')}</p>
  return (
    <ul className="reorg-effects">
      {approvals.map(({ person, before, after }) => (
        <li key={person.id}>
          <PersonLink {...person} />
          <span className="muted">{names(before, ' → ') || t('nobody')}</span>
          <span aria-hidden>⇒</span>
          <span>{names(after, ' → ') || t('nobody')}</span>
        </li>
      ))}
    </ul>
  )
}

function Sight({ told: { sight } }: TabProps) {
  const t = useWords(reorganisationWords)
  if (sight.length === 0) return <p className="muted">{t('noSight')}</p>
  const part = (kind: 'gains' | 'loses', people: Effects['sight'][number]['gains'], counts: { accounts: number; deals: number }) =>
    people.length > 0 && (
      <span>
        <b>{t(kind)}</b> {names(people, '、')}{' '}
        <OwnedLinks owners={people.map(({ id }) => id)} {...counts} />
      </span>
    ) // prettier-ignore
  return (
    <ul className="reorg-effects">
      {sight.map(({ person, gains, loses, gained, lost }) => (
        <li key={person.id}>
          <PersonLink {...person} />
          {part('gains', gains, gained)}
          {part('loses', loses, lost)}
        </li>
      ))}
    </ul>
  )
}

function HandOvers({ told: { handOvers } }: TabProps) {
  const t = useWords(reorganisationWords)
  if (handOvers.length === 0) return <p className="muted">{t('noHandOvers')}</p>
  return (
    <ul className="reorg-effects">
      {handOvers.map(({ person, from, to, heads, ...counts }) => (
        <li key={person.id}>
          <PersonLink {...person} />
          <span className="muted">
            {from.name} ⇒ {to.name}
          </span>
          <span>
            {t('takesAlong')} <OwnedLinks owners={[person.id]} {...counts} />
          </span>
          {heads.length > 0 && <span>{t('stillHeads', { units: names(heads, '、') })}</span>}
        </li>
      ))}
    </ul>
  )
}

/** Opens the person beside the organisation, where business is handed over. */
function PersonLink({ id, name }: { readonly id: string; readonly name: string }) {
  return (
    <PageLink to="/org" search={{ person: id, draft: undefined }}>
      {name}
    </PageLink>
  )
}
