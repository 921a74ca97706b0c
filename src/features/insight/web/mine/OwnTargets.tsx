import { useQuery } from '@tanstack/react-query'
import { listPlansRoute, type PlanSummary } from '#features/targets/contract.ts'
import { hasTarget, ownNode, useAttainmentTree, waterOf } from '#features/targets/web/index.tsx'
import { call } from '#web/api/call.ts'
import { AttainmentBar } from '#web/kit/AttainmentBar.tsx'
import { Panel } from '#web/kit/Panel.tsx'
import { StateMark } from '#web/kit/StateMark.tsx'
import { stateOf } from '#web/kit/state.ts'
import { useLeads, useMe } from '#web/session/me.ts'
import { useChangeAddress } from '#web/shell/address.ts'
import { useWhoAndWhen } from '#web/shell/who-and-when.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { mineWords } from './words.ts'

/** Every metric that is planned this year, with the own target; the one that the page shows is left out. */
export function OwnTargets({ shown }: { readonly shown: string }) {
  const t = useWords(mineWords)
  const { period } = useWhoAndWhen()
  const plans = useQuery({
    queryKey: ['plans', period.year],
    queryFn: ({ signal }) => call(listPlansRoute, { query: { year: period.year }, signal }),
    select: (reply) => reply.plans.filter(({ metric }) => metric !== shown),
  })
  if (!plans.data || plans.data.length === 0) return null
  return (
    <Panel title={t('others')}>
      <ul className="day-list">
        {plans.data.map((plan) => (
          <OwnTarget key={plan.id} plan={plan} />
        ))}
      </ul>
    </Panel>
  )
}

function OwnTarget({ plan }: { readonly plan: PlanSummary }) {
  const t = useWords(mineWords)
  const label = useLabel()
  const { person } = useMe()
  const isLead = useLeads()
  const { period } = useWhoAndWhen()
  const change = useChangeAddress()
  const tree = useAttainmentTree(plan.metric, period.key)
  const node = tree.data && ownNode(tree.data, { personId: person.id, isLead })
  if (!node || !hasTarget(node)) return null
  const name = label(plan.metricLabel)
  return (
    <li className="day-row">
      <button
        type="button"
        className="plain-button day-row-body"
        aria-label={t('open', { name })}
        onClick={() => change({ metric: plan.metric })}
      >
        <span className="day-row-title">{name}</span>
      </button>
      <span className="own-target-bar">
        <AttainmentBar ratio={node.attainment} elapsed={waterOf(node)} state={stateOf(node.light)} />
      </span>
      <StateMark state={stateOf(node.light)} reason={node.reason} short />
    </li>
  )
}
