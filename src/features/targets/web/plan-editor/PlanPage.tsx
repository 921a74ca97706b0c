import { Select } from 'antd'
import { fiscalYearOf } from '#engine/calendar/period.ts'
import { EditorPage } from '#web/kit/PageShape.tsx'
import { TargetTabs } from '../TargetTabs.tsx'
import { EmptyState, ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { useMe, useMay } from '#web/session/me.ts'
import { useAddress, useChangeAddress } from '#web/shell/address.ts'
import { PageLink } from '#web/shell/PageLink.tsx'
import { useWhoAndWhen } from '#web/shell/who-and-when.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { planManage } from '../../contract.ts'
import { NewPlan } from './NewPlan.tsx'
import { PlanEditor, type PlanCheck } from './PlanEditor.tsx'
import { useOtherPlans, usePlan, usePlannableMetrics, usePlans } from './use-plan.ts'
import { planWords } from './words.ts'
import './plan-editor.css'
import './plan-grid.css'
import './plan-side.css'
import './plan-print.css'

interface PlanPageProps {
  /** What a room above shows in the toolbar of a plan for the row where the cursor stands. */
  readonly check?: PlanCheck
}

/** The plan of the metric and fiscal year in the address; where there is none, the way to make one. */
export function PlanPage({ check }: PlanPageProps) {
  const t = useWords(planWords)
  const label = useLabel()
  const address = useAddress()
  const { period } = useWhoAndWhen()
  const mayManage = useMay(planManage)
  const metrics = usePlannableMetrics()
  const wanted = address['metric'] ?? 'signed_amount'
  const metric = metrics.data?.find((known) => known.key === wanted) ?? metrics.data?.[0]
  // Asked for along with the list of metrics, which nearly always has the wanted one.
  const plan = usePlans(metrics.data ? (metric?.key ?? '') : wanted, period.year)
  const pickers = <PlanPickers metric={metric?.key} year={period.year} metrics={metrics.data ?? []} />

  if (plan.data && (metric ?? !metrics.data))
    return <LoadedPlan planId={plan.data.id} year={period.year} pickers={pickers} check={check} />
  const failed = metrics.error ?? plan.error
  const isReady = metric && plan.data === null
  return (
    <EditorPage title={t('title')} actions={pickers} bar={<TargetTabs />}>
      {failed ? (
        <ErrorState problem={failed} onRetry={() => void Promise.all([metrics.refetch(), plan.refetch()])} />
      ) : metrics.data?.length === 0 ? (
        <EmptyState title={t('noMetrics')} text={t('noneForYou')} />
      ) : !isReady ? (
        <LoadingState rows={12} />
      ) : mayManage ? (
        <NewPlan metric={metric} year={period.year} />
      ) : (
        <EmptyState title={t('none', { metric: label(metric.label) })} text={t('noneForYou')} />
      )}
    </EditorPage>
  )
}

interface LoadedPlanProps {
  readonly planId: string
  readonly year: number
  readonly pickers: React.ReactNode
  readonly check: PlanCheck | undefined
}

function LoadedPlan({ planId, year, pickers, check }: LoadedPlanProps) {
  const t = useWords(planWords)
  const plan = usePlan(planId)
  useOtherPlans(year, plan.data ? planId : undefined)
  if (plan.data) return <PlanEditor key={planId} open={plan.data} pickers={pickers} check={check} />
  return (
    <EditorPage title={t('title')} actions={pickers} bar={<TargetTabs />}>
      {plan.error ? (
        <ErrorState problem={plan.error} onRetry={() => void plan.refetch()} />
      ) : (
        <LoadingState rows={12} />
      )}
    </EditorPage>
  )
}

interface PickersProps {
  readonly metric: string | undefined
  readonly year: number
  readonly metrics: readonly { readonly key: string; readonly label: { readonly zh: string; readonly en: string } }[]
}

function PlanPickers({ metric, year, metrics }: PickersProps) {
  const t = useWords(planWords)
  const label = useLabel()
  const change = useChangeAddress()
  const { company, today } = useMe()
  const thisYear = fiscalYearOf(today, company.calendar)
  const years = [...new Set([thisYear + 1, thisYear, thisYear - 1, thisYear - 2, year])].sort((a, b) => b - a)
  return (
    <>
      <Select
        aria-label={t('metric')}
        className="metric-picker"
        popupMatchSelectWidth={false}
        value={metric ?? null}
        options={metrics.map((known) => ({ value: known.key, label: label(known.label) }))}
        onChange={(value: string) => change({ metric: value })}
      />
      <Select
        aria-label={t('year')}
        value={year}
        options={years.map((value) => ({ value, label: String(value) }))}
        onChange={(value: number) => change({ period: String(value) })}
      />
      <PageLink to="/targets" className="page-button">
        {t('toCockpit')}
      </PageLink>
    </>
  )
}
