import { sql } from 'kysely'
import type { Step } from '#platform/db/step.ts'
import type { Draft } from '#platform/records/draft.ts'
import { categorise, type StageOfDeal } from '../categorise.ts'
import { faultOfClosing } from '../closing-day.ts'
import { settle } from '../settle.ts'

/** Derives status, closing day, currency and forecast category of deals from the stage they stand in. */
export async function prepareDeals(step: Step, drafts: readonly Draft[]): Promise<void> {
  const stages = await stagesOfCompany(step)
  for (const draft of drafts) {
    draft.values['currency'] ??= step.ctx.company.currency
    const stage = stages.get(String(draft.values['stage'])) ?? unknown
    const { missing, ...settled } = settle(draft.values, stage.kind, step.ctx.today)
    const { fault: miscast, ...categorised } = categorise(stage, draft.before?.values ?? null, {
      category: 'forecastCategory' in draft.given ? (draft.values['forecastCategory'] ?? null) : undefined,
      byHand: draft.given['forecastByHand'],
    })
    Object.assign(draft.values, settled, categorised)
    const fault = faultOfClosing(draft.values, draft.before?.values ?? null, step.ctx.today)
    draft.faults.push(...[missing, miscast, fault].filter((one) => one !== undefined))
  }
}

/** An unknown stage is refused with every other reference that leads nowhere. */
const unknown: StageOfDeal = { kind: 'open', category: null, probability: 0 }

async function stagesOfCompany(step: Step): Promise<ReadonlyMap<string, StageOfDeal>> {
  const { rows } = await sql<StageOfDeal & { id: string }>`
    select id, kind, forecast_category as category, probability::float8 as probability
    from stage where company_id = ${step.ctx.company.id}`.execute(step.tx)
  return new Map(rows.map((row) => [row.id, row]))
}
