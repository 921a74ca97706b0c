import { useQuery } from '@tanstack/react-query'
import type { Label } from '#base/label.ts'
import { systemBehindRoute, type SystemBehind } from '#features/forecast/contract.ts'
import { call } from '#web/api/call.ts'
import type { OpenDeal } from '../../need-to-close.ts'

export interface ListedDeal extends OpenDeal {
  /** Null for one that is out of sight: a share of it counts. */
  readonly name: string | null
  readonly account: string | null
  readonly stage: Label | null
  readonly expectedOn: string | null
  /** To be won ever, calibrated; and as the deal itself states it, where it does. */
  readonly win: number
  readonly stated: number | null
  readonly inside: number
}

interface Asked {
  readonly node: string
  readonly period: string
  /** First day after the period. */
  readonly end: string
}

/** The own open deals as the system forecast counts them: the own part of each, at its calibrated chance. */
export function useOpenDeals({ node, period, end }: Asked) {
  const behind = useQuery({
    queryKey: ['forecast', 'system', period, node, 'own open deals'],
    queryFn: ({ signal }) => call(systemBehindRoute, { query: { period, node, of: 'open', skip: 0 }, signal }),
  })
  const rows = behind.data?.rows ?? []
  return {
    deals: rows.map((row) => listed(row, end)),
    /** Of all of them, also of those that are not listed. */
    expected: Number(behind.data?.total ?? 0),
    isCut: behind.data?.next !== undefined && behind.data.next !== null,
    isPending: behind.isPending,
    error: behind.error,
  }
}

/** A deal without a date may still close; of one that is out of sight the date is not known, and nobody is told to close it. */
export function listed(row: SystemBehind['rows'][number], end: string): ListedDeal {
  const { id, name, stage, stated, expectedOn } = row
  const [win, inside] = [row.win ?? 0, row.inside ?? 0]
  return {
    ...{ id, name, stage, stated, expectedOn, win, inside },
    account: row.accountName,
    amount: Number(row.amount),
    chance: win * inside,
    counts: Number(row.counts ?? 0),
    isDue: name !== null && (expectedOn === null || expectedOn < end),
  }
}
