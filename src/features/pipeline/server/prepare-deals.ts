import { sql } from 'kysely'
import type { Step } from '#platform/db/step.ts'
import type { Draft } from '#platform/records/draft.ts'
import { faultOfClosing } from '../closing-day.ts'
import { settle, type StageKind } from '../settle.ts'

/** Derives status, closing day and currency of deals from the stage they stand in. */
export async function prepareDeals(step: Step, drafts: readonly Draft[]): Promise<void> {
  const kinds = await kindsOfStages(step)
  for (const draft of drafts) {
    draft.values['currency'] ??= step.ctx.company.currency
    const kind = kinds.get(String(draft.values['stage']))
    // An unknown stage is refused with every other reference that leads nowhere.
    const { missing, ...settled } = settle(draft.values, kind ?? 'open', step.ctx.today)
    Object.assign(draft.values, settled)
    if (missing) draft.faults.push(missing)
    const fault = faultOfClosing(draft.values, draft.before?.values ?? null, step.ctx.today)
    if (fault) draft.faults.push(fault)
  }
}

async function kindsOfStages(step: Step): Promise<ReadonlyMap<string, StageKind>> {
  const { rows } = await sql<{ id: string; kind: StageKind }>`
    select id, kind from stage where company_id = ${step.ctx.company.id}`.execute(step.tx)
  return new Map(rows.map((row) => [row.id, row.kind]))
}
