import { all, type Condition, type Filter } from '#engine/query/filter.ts'
import { ownedWithin, textOf, useRecordQuery, useTotals } from '#features/objects/web/index.tsx'
import { useLanguage } from '#web/words/use-words.ts'

/** What the width of a step stands for. */
export type Counted = 'count' | 'amount'

export interface FunnelStage {
  readonly id: string
  readonly name: string
}

const isOpenKind: Condition = { field: 'kind', op: 'eq', value: 'open' }
const isOpen: Condition = { field: 'status', op: 'eq', value: 'open' }

/** The stages in which deals are open, in their order. */
export function useFunnelStages() {
  const language = useLanguage()
  const query = useRecordQuery('stage', { filter: isOpenKind, sort: [{ field: 'position' }], limit: 100 })
  const stages: readonly FunnelStage[] = (query.data?.rows ?? []).map((row) => ({
    id: row.id,
    name: textOf(row, language === 'en' ? 'nameEn' : 'name') || textOf(row, 'name'),
  }))
  return { stages, isPending: query.isPending, error: query.error }
}

/** The open deals of a node, all that the reader sees without one; in one stage if told. */
export function openDeals(node: string | undefined, stage?: string): Filter {
  return all(
    isOpen,
    node ? ownedWithin('ownerId', node) : undefined,
    stage ? { field: 'stage', op: 'eq', value: stage } : undefined,
  )
}

export interface FunnelStep {
  readonly stage: FunnelStage
  readonly count: number
  /** In the company's currency; null where the reader sees no amounts. */
  readonly amount: string | null
}

/** The open deals of a node stage by stage. */
export function useFunnel(node: string | undefined, stages: readonly FunnelStage[], hasAmount: boolean) {
  const totals = useTotals('opportunity', {
    filter: openDeals(node),
    sum: hasAmount ? ['amount'] : [],
    groupBy: 'stage',
  })
  const steps: readonly FunnelStep[] = stages.map((stage) => {
    const group = totals.data?.groups?.find(({ value }) => value === stage.id)
    return { stage, count: group?.count ?? 0, amount: hasAmount ? (group?.sums['amount'] ?? '0') : null }
  })
  return { steps, isPending: totals.isPending, error: totals.error, refetch: totals.refetch }
}

/** How wide a step is drawn against the widest, 0–1. */
export function widthOf({ count, amount }: FunnelStep, counted: Counted, most: number): number {
  const size = counted === 'count' ? count : Number(amount ?? 0)
  return most > 0 ? size / most : 0
}

export function mostOf(steps: readonly FunnelStep[], counted: Counted): number {
  return Math.max(0, ...steps.map(({ count, amount }) => (counted === 'count' ? count : Number(amount ?? 0))))
}
