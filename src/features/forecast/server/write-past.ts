import { sql } from 'kysely'
import { newId } from '#platform/db/new-id.ts'
import type { Step } from '#platform/db/step.ts'
import type { Period } from '#engine/calendar/period.ts'
import type { HeldDeal } from './entry-store.ts'

/** A submission that was made before it came into the system. */
export interface PastSubmission {
  readonly period: Period
  readonly personId: string
  readonly unitId: string
  /** Instant with zone. */
  readonly at: string
  readonly commit: string
  readonly bestCase: string
  readonly note: string | null
  /** By category, as they were. */
  readonly deals: readonly HeldDeal[]
}

/** Writes down what people said long ago, for what comes from elsewhere: the demo. */
export async function writePastSubmissions(step: Step, submissions: readonly PastSubmission[]): Promise<void> {
  const { id: company, currency } = step.ctx.company
  const entries = submissions.map(({ period, deals, ...said }) => ({
    ...said,
    id: newId(),
    key: period.key,
    kind: period.kind,
    from: period.from,
    to: period.to,
    label: period.label,
    deals,
  }))
  await sql`
    insert into forecast_entry (company_id, id, kind, period_key, period_kind, period_from, period_to, period_label, unit_id,
      person_id, made_by, made_at, currency, commit_amount, best_amount, closed_amount, committed_deals, best_deals,
      pipeline_deals, omitted_deals, note)
    select ${company}, e.id, 'submission', e.key, e.kind, e."from", e."to", e.label, e."unitId", e."personId", e."personId",
      e.at, ${currency}, e.commit, e."bestCase", s.closed, s.committed, s.best, s.pipeline, s.omitted, e.note
    from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) as e(id uuid, key text, kind text, "from" date, "to" date,
      label jsonb, "unitId" uuid, "personId" uuid, at timestamptz, commit numeric, "bestCase" numeric, note text, deals jsonb)
    cross join lateral (
      select coalesce(sum(d.amount) filter (where d.category = 'closed'), 0) as closed,
        coalesce(sum(d.amount) filter (where d.category = 'committed'), 0) as committed,
        coalesce(sum(d.amount) filter (where d.category = 'best_case'), 0) as best,
        coalesce(sum(d.amount) filter (where d.category = 'pipeline'), 0) as pipeline,
        coalesce(sum(d.amount) filter (where d.category = 'omitted'), 0) as omitted
      from jsonb_to_recordset(e.deals) as d(category text, amount numeric)) s`.execute(step.tx)
  await sql`
    insert into forecast_deal (company_id, entry_id, opportunity_id, person_id, name, stage_name, category, amount, expected_on)
    select ${company}, e.id, d.id, d."personId", d.name, d.stage, d.category, d.amount, d."expectedOn"
    from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) as e(id uuid, deals jsonb)
    cross join lateral jsonb_to_recordset(e.deals) as d(id uuid, "personId" uuid, name text, stage jsonb, category text,
      amount numeric, "expectedOn" date)`.execute(step.tx)
}
