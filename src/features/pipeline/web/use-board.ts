import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Period } from '#engine/calendar/period.ts'
import { all, type Condition, type Filter } from '#engine/query/filter.ts'
import {
  asFarAsKnown,
  ownedWithin,
  textOf,
  useForgetRecords,
  useRecordQuery,
  useTotals,
  type RecordRow,
  type ScreenObject,
} from '#features/objects/web/index.tsx'
import { objectsRoutes } from '#features/objects/contract.ts'
import { call } from '#web/api/call.ts'
import { dayBefore } from '#web/kit/date-text.ts'
import { useLanguage } from '#web/words/use-words.ts'

export type StageKind = 'open' | 'won' | 'lost'

/** A column of the board. */
export interface Stage {
  readonly id: string
  readonly name: string
  readonly kind: StageKind
}

function kindOf(text: string): StageKind {
  return text === 'won' || text === 'lost' ? text : 'open'
}

/** The stages in their order, named in the reader's language. */
export function useStages(): {
  readonly stages: readonly Stage[]
  readonly isPending: boolean
  readonly error: unknown
} {
  const language = useLanguage()
  const query = useRecordQuery('stage', { sort: [{ field: 'position' }], limit: 100 })
  const stages = (query.data?.rows ?? []).map((row) => ({
    id: row.id,
    name: textOf(row, language === 'en' ? 'nameEn' : 'name') || textOf(row, 'name'),
    kind: kindOf(textOf(row, 'kind')),
  }))
  return { stages, isPending: query.isPending, error: query.error }
}

/** Deals in one stage: those that close soonest first; of closed ones the latest. */
export const cardsPerStage = 60

export interface Whose {
  readonly isMine: boolean
  readonly node: string | undefined
  readonly deals: ScreenObject | undefined
  /** Open deals are all shown; closed ones are those that were closed in this period. */
  readonly period: Pick<Period, 'from' | 'to'>
}

/** Deals closed within the period, whose `to` is the first day after it. */
export function closedWithin({ from, to }: Whose['period']): Condition {
  return { field: 'closedOn', op: 'between', value: [from, dayBefore(to)] }
}

const ownedByMe: Filter = { field: 'ownerId', op: 'eq', value: { me: true } }

function whoseFilter({ isMine, node }: Whose): readonly Filter[] {
  return [...(isMine ? [ownedByMe] : []), ...(node ? [ownedWithin('ownerId', node)] : [])]
}

export function useStageTotals(whose: Whose) {
  const { deals, period } = whose
  const isOpen: Condition = { field: 'status', op: 'eq', value: 'open' }
  const conditions = [isOpen, closedWithin(period)]
  const known = asFarAsKnown(deals, conditions)
  const filter = all(...(known.length === conditions.length ? [{ or: known }] : []), ...whoseFilter(whose))
  const sum = asFarAsKnown(deals, [{ field: 'amount' }]).map(({ field }) => field)
  return useTotals('opportunity', { filter, sum, groupBy: 'stage' }, deals !== undefined)
}

function questionOf(stage: Stage, whose: Whose) {
  return {
    filter: all(
      { field: 'stage', op: 'eq', value: stage.id },
      ...(stage.kind === 'open' ? [] : asFarAsKnown(whose.deals, [closedWithin(whose.period)])),
      ...whoseFilter(whose),
    ),
    sort: asFarAsKnown(
      whose.deals,
      stage.kind === 'open' ? [{ field: 'expectedOn' }] : [{ field: 'closedOn', descending: true }],
    ),
    limit: stage.kind === 'open' ? cardsPerStage : 20,
  }
}

export function useStageCards(stage: Stage, whose: Whose) {
  return useRecordQuery('opportunity', questionOf(stage, whose), whose.deals !== undefined)
}

export interface Move {
  readonly deal: RecordRow
  readonly from: Stage
  readonly to: Stage
  readonly lostReason?: string
  /** The deal may be there already, and is meant all the same. */
  readonly confirmed?: boolean
}

/** What a move sets. */
export function changesOf({ to, lostReason }: { readonly to: Stage; readonly lostReason?: string | undefined }) {
  return { stage: to.id, ...(lostReason ? { lostReason } : {}) }
}

interface Page {
  readonly rows: readonly RecordRow[]
  readonly cursor: string | null
}

/** Moves a deal at once on the screen; a refusal puts it back. */
export function useMoveDeal(whose: Whose) {
  const client = useQueryClient()
  const forget = useForgetRecords()
  const keyOf = (stage: Stage) => ['records', 'opportunity', 'query', questionOf(stage, whose)]
  return useMutation({
    mutationFn: ({ deal, to, lostReason, confirmed = false }: Move) =>
      call(objectsRoutes.update, {
        params: { object: 'opportunity', id: deal.id },
        body: { version: deal.version, values: changesOf({ to, lostReason }), ...(confirmed ? { confirmed } : {}) },
      }),
    onMutate: async ({ deal, from, to }) => {
      await client.cancelQueries({ queryKey: ['records', 'opportunity', 'query'] })
      const before = [from, to].map((stage) => [keyOf(stage), client.getQueryData<Page>(keyOf(stage))] as const)
      client.setQueryData<Page>(
        keyOf(from),
        (page) => page && { ...page, rows: page.rows.filter((row) => row.id !== deal.id) },
      )
      client.setQueryData<Page>(
        keyOf(to),
        (page) => page && { ...page, rows: [{ ...deal, stage: to.id }, ...page.rows] },
      )
      return before
    },
    // Whoever moves it on at once moves the version that stands there now.
    onSuccess: (saved, { to }) => {
      client.setQueryData<Page>(
        keyOf(to),
        (page) => page && { ...page, rows: page.rows.map((row) => (row.id === saved.id ? saved : row)) },
      )
    },
    onError: (_problem, _move, before) => before?.forEach(([key, page]) => client.setQueryData(key, page)),
    onSettled: () => void forget(),
  })
}
