import { Tag } from 'antd'
import { periodsTogether } from '#engine/metrics/plan-rule.ts'
import { amountText } from '#web/kit/amount-text.ts'
import { momentText, plainDay } from '#web/kit/date-text.ts'
import { MoreButton } from '#web/kit/MoreButton.tsx'
import { EmptyState, ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { PageLink } from '#web/shell/PageLink.tsx'
import { useLanguage, useWords } from '#web/words/use-words.ts'
import type { PlanSummary } from '../../contract.ts'
import type { Amendment } from '../../path-contract.ts'
import { carryWords } from '../carry-words.ts'
import { useAmendments } from './use-plan.ts'
import { planWords } from './words.ts'

/** What was amended after the plan was published: whose, from when, who carries it, by whom and why, out of which appeal. */
export function AmendmentList({ plan }: { readonly plan: PlanSummary }) {
  const t = useWords(planWords)
  const amendments = useAmendments(plan.id)
  if (amendments.error) return <ErrorState problem={amendments.error} onRetry={() => void amendments.refetch()} />
  if (!amendments.data) return <LoadingState />
  if (amendments.data.length === 0) return <EmptyState title={t('noAmendments')} text={t('noAmendmentsText')} />
  return (
    <>
      <ol className="plan-revisions">
        {amendments.data.map((one) => (
          <AmendmentLine key={one.id} plan={plan} amendment={one} />
        ))}
      </ol>
      <MoreButton pages={amendments} />
    </>
  )
}

function AmendmentLine({ plan, amendment: one }: { readonly plan: PlanSummary; readonly amendment: Amendment }) {
  const t = useWords(planWords)
  const by = useWords(carryWords)
  const language = useLanguage()
  const year = (months: readonly string[]) => amountText(periodsTogether(months, plan), plan.measure)
  return (
    <li>
      <div className="plan-revision">
        <strong>{one.name}</strong>
        <span>{t('amendedFrom', { day: plainDay(one.fromDay) })}</span>
        <span className="num">{t('yearBeforeAfter', { before: year(one.before), after: year(one.after) })}</span>
        {plan.rule.nodes === 'sum' && <Tag>{`${by('carry')}: ${by(one.carry)}`}</Tag>}
      </div>
      <p>{one.reason}</p>
      <p className="muted">
        {t('version', { n: one.version })} · {one.by?.name ?? '—'} · {momentText(one.at, language)}
        {one.appealId !== null && (
          <>
            {' · '}
            <PageLink to="/targets/agreements" search={{ list: 'all', appeal: one.appealId }}>
              {t('ofAppeal')}
            </PageLink>
          </>
        )}
      </p>
    </li>
  )
}
