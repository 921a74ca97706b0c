import type { AttainmentNode } from '#features/targets/contract.ts'
import { Figure } from '#web/kit/Figure.tsx'
import { useMe } from '#web/session/me.ts'
import { useChangeAddress, useGo } from '#web/shell/address.ts'
import { useWords } from '#web/words/use-words.ts'
import { mostOf, openDeals, useFunnel, widthOf, type Counted, type FunnelStage } from './use-funnel.ts'
import { boardWords } from './words.ts'

interface TierFunnelsProps {
  readonly root: AttainmentNode
  readonly stages: readonly FunnelStage[]
  readonly counted: Counted
  readonly hasAmount: boolean
}

/** The funnels of the tiers below beside each other: where one is thin is seen at once. */
export function TierFunnels({ root, ...shared }: TierFunnelsProps) {
  const t = useWords(boardWords)
  return (
    <div className="board-scroll">
      <table className="board-table">
        <thead>
          <tr>
            <th scope="col">{t('tier')}</th>
            {shared.stages.map((stage) => (
              <th key={stage.id} scope="col" className="num">
                {stage.name}
              </th>
            ))}
            <th scope="col" className="num">
              {t('total')}
            </th>
          </tr>
        </thead>
        <tbody>
          {root.children.map((child) => (
            <TierFunnel key={child.id} node={child} {...shared} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface TierFunnelProps extends Omit<TierFunnelsProps, 'root'> {
  readonly node: AttainmentNode
}

function TierFunnel({ node, stages, counted, hasAmount }: TierFunnelProps) {
  const t = useWords(boardWords)
  const { company } = useMe()
  const go = useGo()
  const change = useChangeAddress()
  const { steps, isPending } = useFunnel(node.id, stages, hasAmount)
  const most = mostOf(steps, counted)
  const sum = steps.reduce((all, { count, amount }) => all + (counted === 'count' ? count : Number(amount ?? 0)), 0)
  const open = (stage?: string) =>
    go('/records/opportunity', { filter: JSON.stringify([openDeals(node.id, stage)]), node: undefined })
  if (!isPending && node.kind === 'person' && steps.every(({ count }) => count === 0)) return null
  const shown = { unit: counted === 'count' ? ('count' as const) : ('money' as const), currency: company.currency }
  return (
    <tr>
      <th scope="row">
        <button type="button" className="plain-button crumb" onClick={() => change({ node: node.id })}>
          {node.name}
        </button>
      </th>
      {steps.map((step) => (
        <td key={step.stage.id} className="num tier-funnel-cell">
          <span className="tier-funnel-bar" aria-hidden style={{ width: `${widthOf(step, counted, most) * 100}%` }} />
          <Figure
            {...shown}
            value={isPending ? null : counted === 'count' ? step.count : step.amount}
            label={t('openRecords', { name: node.name, what: step.stage.name })}
            onOpen={() => open(step.stage.id)}
          />
        </td>
      ))}
      <td className="num">
        <Figure
          {...shown}
          value={isPending ? null : sum}
          label={t('openRecords', { name: node.name, what: t('total') })}
          onOpen={() => open()}
        />
      </td>
    </tr>
  )
}
