import type { Condition, Filter } from '#engine/query/filter.ts'
import { all } from '#engine/query/filter.ts'
import { asFarAsKnown, textOf, useObject, useRecordQuery } from '#features/objects/web/index.tsx'
import { useMe } from '#web/session/me.ts'
import type { OpenDeal } from '../../need-to-close.ts'

export interface ListedDeal extends OpenDeal {
  readonly name: string
  readonly account: string | undefined
  readonly stage: string | undefined
  readonly expectedOn: string
}

const isOpen: Condition = { field: 'status', op: 'eq', value: 'open' }
const isMine: Condition = { field: 'ownerId', op: 'eq', value: { me: true } }
const most = 200

/** The own open deals that may still close before a day. */
export function ownDealsDue(end: string): Filter {
  const isDue: Filter = {
    or: [
      { field: 'expectedOn', op: 'lt', value: end },
      { field: 'expectedOn', op: 'empty' },
    ],
  }
  return all(isOpen, isMine, isDue)
}

/** The own open deals with their chance, of their own or of their stage; those without a date count as due, they may still close. */
export function useOpenDeals(end: string) {
  const { company } = useMe()
  const object = useObject('opportunity')
  const filter = all(...asFarAsKnown(object, [isOpen, isMine]))
  const sort = asFarAsKnown(object, [{ field: 'expectedOn' }])
  const deals = useRecordQuery('opportunity', { filter, sort, limit: most }, object !== undefined)
  const stages = useRecordQuery('stage', { limit: 100 }, object !== undefined)
  const chances = new Map((stages.data?.rows ?? []).map((row) => [row.id, Number(textOf(row, 'probability')) / 100]))
  const rows = deals.data?.rows ?? []
  const inBase = rows.filter((row) => [company.currency, ''].includes(textOf(row, 'currency')))
  const listed: readonly ListedDeal[] = inBase.map((row) => {
    const expectedOn = textOf(row, 'expectedOn')
    return {
      id: row.id,
      name: textOf(row, 'name'),
      account: row.names['account'] ?? undefined,
      stage: row.names['stage'] ?? undefined,
      expectedOn,
      amount: Number(textOf(row, 'amount')),
      chance: chanceOf(textOf(row, 'probability')) ?? chances.get(textOf(row, 'stage')) ?? 0,
      isDue: expectedOn === '' || expectedOn < end,
    }
  })
  return {
    deals: listed,
    foreign: rows.length - inBase.length,
    isCut: rows.length === most,
    isHidden: object === undefined,
    isPending: deals.isPending || stages.isPending,
    error: deals.error ?? stages.error,
  }
}

/** Percent as a deal tells it; nothing where it tells none. */
function chanceOf(percent: string): number | undefined {
  return percent === '' ? undefined : Number(percent) / 100
}
