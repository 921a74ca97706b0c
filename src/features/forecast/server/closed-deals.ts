import { sql } from 'kysely'
import type { Label } from '#base/label.ts'
import type { Metric } from '#engine/metrics/metric.ts'
import type { TierNode } from '#engine/metrics/tier-tree.ts'
import { nobody } from '#engine/metrics/to-sql.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Tx } from '#platform/db/step.ts'
import { readRecordsBehind, type TreeOfMetric } from '#platform/ledger/index.ts'
import { scopeOf } from '#platform/records/sight.ts'
import type { DealsBehind } from '../contract.ts'

/** Of deals on one page. */
export const mostRows = 500

export const nextOf = (skip: number, shown: number, count: number): number | null =>
  skip + shown < count ? skip + shown : null

interface ClosedDeal {
  readonly id: string
  readonly stage: Label
  readonly accountName: string | null
  readonly expectedOn: string | null
  readonly version: number
  readonly isSeen: boolean
}

interface ClosedAsked {
  readonly metric: Metric
  readonly tree: TreeOfMetric
  readonly node: TierNode
  readonly skip: number
}

/** What closed at a node of the tree in its span: the ledger's rows, so that they add up to its figure. */
export async function closedRows(
  tx: Tx,
  ctx: Ctx,
  { metric, tree, node, skip }: ClosedAsked,
): Promise<Pick<DealsBehind, 'rows' | 'count'>> {
  const { rows, count } = await readRecordsBehind(tx, ctx, metric, tree, node, { skip, limit: mostRows })
  const ids = rows.map(({ recordId }) => recordId)
  const seen = await scopeOf(ctx, ctx.company.wholeCatalogue.get('opportunity'))
  const { rows: deals } = await sql<ClosedDeal>`
    select t.id, jsonb_build_object('zh', s.name, 'en', s.name_en) as stage, a.name as "accountName",
      t.expected_on::text as "expectedOn", t.version, (${seen}) is true as "isSeen"
    from opportunity t join stage s on s.company_id = t.company_id and s.id = t.stage_id
    left join account a on a.company_id = t.company_id and a.id = t.account_id
    where t.company_id = ${ctx.company.id} and t.id = any(${ids}::uuid[])`.execute(tx)
  const byId = new Map(deals.map((deal) => [deal.id, deal]))
  const shown = rows.map(({ recordId, title, personId, personName, value, day }) => {
    const deal = byId.get(recordId)
    return {
      id: recordId,
      name: deal?.isSeen ? title : null,
      accountName: deal?.isSeen ? deal.accountName : null,
      personId: personId ?? nobody,
      personName: personName ?? '',
      stage: deal?.stage ?? { zh: '', en: '' },
      category: 'closed' as const,
      isByHand: false,
      amount: value,
      expectedOn: day,
      version: deal?.version ?? 1,
      canChange: false,
    }
  })
  return { rows: shown, count }
}
