import { sql } from 'kysely'
import type { Step } from '#platform/db/step.ts'
import type { Draft } from '#platform/records/draft.ts'
import { categorise } from '../categorise.ts'
import { faultOfClosing } from '../closing-day.ts'
import { settle, type StageKind } from '../settle.ts'

/** Derives status, closing day, currency, probability and forecast category of deals from the stage they stand in. */
export async function prepareDeals(step: Step, drafts: readonly Draft[]): Promise<void> {
  const stages = await stagesOf(step)
  for (const draft of drafts) {
    draft.values['currency'] ??= step.ctx.company.currency
    const stage = stages.get(String(draft.values['stage']))
    draft.values['probability'] = probabilityOf(draft, stage)
    // An unknown stage is refused with every other reference that leads nowhere.
    const { missing, ...settled } = settle(draft.values, stage?.kind ?? 'open', step.ctx.today)
    const { fault: miscast, ...categorised } = categoryOf(draft, stage)
    Object.assign(draft.values, settled, categorised)
    const fault = faultOfClosing(draft.values, draft.before?.values ?? null, step.ctx.today)
    draft.faults.push(...[missing, miscast, fault].filter((one) => one !== undefined))
  }
}

interface StageFacts {
  readonly id: string
  readonly kind: StageKind
  /** Percent. */
  readonly probability: string
  /** What deals of the stage count as in the forecast; null: by the probability. */
  readonly category: string | null
}

/** What somebody says holds until the deal moves on; a closed deal is certain. */
function probabilityOf({ given, before, values }: Draft, stage: StageFacts | undefined): unknown {
  const isSaid = 'probability' in given && (given['probability'] ?? null) !== null
  const hasMoved = before?.values['stage'] !== values['stage']
  const isKept = isSaid || (!hasMoved && (values['probability'] ?? null) !== null)
  return stage && (stage.kind !== 'open' || !isKept) ? stage.probability : values['probability']
}

function categoryOf({ given, before, values }: Draft, stage: StageFacts | undefined) {
  const { kind = 'open', category = null, probability = '0' } = stage ?? {}
  return categorise({ kind, category, probability: Number(probability) }, before?.values ?? null, {
    category: 'forecastCategory' in given ? (values['forecastCategory'] ?? null) : undefined,
    byHand: given['forecastByHand'],
  })
}

async function stagesOf(step: Step): Promise<ReadonlyMap<string, StageFacts>> {
  const { rows } = await sql<StageFacts>`
    select id, kind, trim_scale(probability)::text as probability, forecast_category as category from stage
    where company_id = ${step.ctx.company.id}`.execute(step.tx)
  return new Map(rows.map((row) => [row.id, row]))
}
