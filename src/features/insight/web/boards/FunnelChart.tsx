import { Figure } from '#web/kit/Figure.tsx'
import { EmptyState, ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { useMe } from '#web/session/me.ts'
import { useGo } from '#web/shell/address.ts'
import { PageLink } from '#web/shell/PageLink.tsx'
import { useWords } from '#web/words/use-words.ts'
import { mostOf, openDeals, useFunnel, widthOf, type Counted, type FunnelStage } from './use-funnel.ts'
import { boardWords } from './words.ts'

interface FunnelChartProps {
  readonly node: string | undefined
  readonly stages: readonly FunnelStage[]
  readonly counted: Counted
  readonly hasAmount: boolean
}

/** One step per stage, as wide as what stands there; every figure opens to its deals. */
export function FunnelChart({ node, stages, counted, hasAmount }: FunnelChartProps) {
  const t = useWords(boardWords)
  const { company } = useMe()
  const go = useGo()
  const { steps, isPending, error, refetch } = useFunnel(node, stages, hasAmount)
  if (error) return <ErrorState problem={error} onRetry={() => void refetch()} />
  if (isPending) return <LoadingState rows={6} />
  if (steps.every(({ count }) => count === 0)) {
    return (
      <EmptyState
        title={t('noDeals')}
        text={t('noDealsText')}
        action={
          <PageLink to="/pipeline" className="page-button">
            {t('toBoard')}
          </PageLink>
        }
      />
    )
  }
  const most = mostOf(steps, counted)
  const open = (stage: string) => go('/records/opportunity', { filter: JSON.stringify([openDeals(node, stage)]) })
  return (
    <table className="funnel">
      <caption className="visually-hidden">{t('funnel')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('stage')}</th>
          <th scope="col" aria-hidden />
          <th scope="col" className="num">
            {t('deals')}
          </th>
          {hasAmount && (
            <th scope="col" className="num">
              {t('amount')}
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {steps.map((step) => (
          <tr key={step.stage.id}>
            <th scope="row">{step.stage.name}</th>
            <td className="funnel-track" aria-hidden>
              <span style={{ width: `${widthOf(step, counted, most) * 100}%` }} />
            </td>
            <td className="num">
              <Figure
                value={step.count}
                unit="count"
                label={t('openRecords', { name: step.stage.name, what: t('deals') })}
                onOpen={() => open(step.stage.id)}
              />
            </td>
            {hasAmount && (
              <td className="num">
                <Figure
                  value={step.amount}
                  unit="money"
                  currency={company.currency}
                  label={t('openRecords', { name: step.stage.name, what: t('amount') })}
                  onOpen={() => open(step.stage.id)}
                />
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
