import { sql } from 'kysely'
import { inWords } from '#base/label.ts'
import type { Metric } from '#engine/metrics/metric.ts'
import type { TierNode } from '#engine/metrics/tier-node.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Tx } from '#platform/db/step.ts'
import { seenPart } from '#platform/ledger/index.ts'
import { standUp, type TargetOfNode } from '../outline.ts'
import type { Snapshot } from './snapshot-store.ts'

const words = {
  nobody: { zh: '无负责人', en: 'Nobody' },
  unassigned: { zh: '未归属', en: 'Unassigned' },
  gone: { zh: '（已删除）', en: '(deleted)' },
}

export interface StoodTree {
  /** The part that the actor sees, by their sight of today. */
  readonly tree: TierNode
  /** Targets by the order that nodes name. */
  readonly rows: readonly TargetOfNode[]
}

/** A kept tree as the actor may see it. */
export async function treeOfSnapshot(tx: Tx, ctx: Ctx, metric: Metric, snapshot: Snapshot): Promise<StoodTree> {
  const { rows: people } = await sql<{ id: string; name: string }>`
    select id, name from person where company_id = ${ctx.company.id}`.execute(tx)
  const { rows: heads } = await sql<{ id: string; name: string }>`
    select u.id, p.name from unit u join person p on p.company_id = u.company_id and p.id = u.head_id
    where u.company_id = ${ctx.company.id}`.execute(tx)
  const names = new Map(people.map(({ id, name }) => [id, name]))
  const headNames = new Map(heads.map(({ id, name }) => [id, name]))
  const { tree, rows } = standUp(snapshot.outline, snapshot.figures, {
    person: (id) => names.get(id) ?? inWords(words.gone, ctx.language),
    headOf: (unitId) => headNames.get(unitId) ?? null,
    nobody: inWords(words.nobody, ctx.language),
    unassigned: inWords(words.unassigned, ctx.language),
  })
  return { tree: await seenPart(ctx, metric, tree), rows }
}
