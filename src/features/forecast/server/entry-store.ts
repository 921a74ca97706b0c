import { sql } from 'kysely'
import { writeAmount } from '#engine/metrics/metric.ts'
import type { Period } from '#engine/calendar/period.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { newId } from '#platform/db/new-id.ts'
import type { Step, Tx } from '#platform/db/step.ts'
import type { Sql } from '#engine/query/to-sql.ts'
import type { Sums } from '../roll-up.ts'
import type { Label } from '#base/label.ts'

export type EntryKind = 'submission' | 'override' | 'withdrawal'

/** A row as it was written, with the names of now. */
export interface EntryRow {
  readonly id: string
  readonly kind: EntryKind
  readonly periodKey: string
  readonly periodKind: string
  readonly periodFrom: string
  readonly periodTo: string
  readonly periodLabel: Label
  readonly unitId: string | null
  readonly unitName: string | null
  readonly personId: string | null
  readonly personName: string | null
  readonly by: string
  readonly byName: string
  readonly at: Date
  readonly currency: string
  readonly commit: string | null
  readonly bestCase: string | null
  readonly closed: string
  readonly committedDeals: string
  readonly bestDeals: string
  readonly pipelineDeals: string
  readonly omittedDeals: string
  readonly note: string | null
}

const columns = sql`
  e.id, e.kind, e.period_key as "periodKey", e.period_kind as "periodKind", e.period_from::text as "periodFrom",
  e.period_to::text as "periodTo", e.period_label as "periodLabel", e.unit_id as "unitId", u.name as "unitName",
  e.person_id as "personId", p.name as "personName", e.made_by as by, m.name as "byName", e.made_at as at, e.currency,
  trim_scale(e.commit_amount)::text as commit, trim_scale(e.best_amount)::text as "bestCase",
  trim_scale(e.closed_amount)::text as closed, trim_scale(e.committed_deals)::text as "committedDeals",
  trim_scale(e.best_deals)::text as "bestDeals", trim_scale(e.pipeline_deals)::text as "pipelineDeals",
  trim_scale(e.omitted_deals)::text as "omittedDeals", e.note`

const joined = sql`
  forecast_entry e
  join person m on m.company_id = e.company_id and m.id = e.made_by
  left join person p on p.company_id = e.company_id and p.id = e.person_id
  left join unit u on u.company_id = e.company_id and u.id = e.unit_id`

interface Span {
  readonly from: string
  readonly to: string
}

/** The newest of a period for every subject, kind of act and maker; the period is known by its days. */
export async function latestEntries(tx: Tx, ctx: Ctx, { from, to }: Span): Promise<readonly EntryRow[]> {
  const { rows } = await sql<EntryRow>`
    select distinct on (e.person_id, case when e.person_id is null then e.unit_id end, e.kind = 'submission', e.made_by) ${columns}
    from ${joined}
    where e.company_id = ${ctx.company.id} and e.period_from = ${from}::date and e.period_to = ${to}::date
    order by e.person_id, case when e.person_id is null then e.unit_id end, e.kind = 'submission', e.made_by, e.id desc`.execute(
    tx,
  )
  return rows
}

/** A period as it was kept with what was said of it, whatever the calendar has been since. */
export type KeptPeriod = Pick<Period, 'key' | 'label' | 'from' | 'to'> & { readonly kind: string }

/** The newest periods that are over and of which anybody said anything, the oldest of them first. */
export async function periodsSaid(tx: Tx, ctx: Ctx, count: number): Promise<readonly KeptPeriod[]> {
  const { rows } = await sql<KeptPeriod>`
    select * from (
      select distinct on (period_to, period_from) period_key as key, period_kind as kind, period_label as label,
        period_from::text as "from", period_to::text as "to"
      from forecast_entry where company_id = ${ctx.company.id} and period_to <= ${ctx.today}::date
      order by period_to desc, period_from desc, id desc limit ${count}) p
    order by "to", "from"`.execute(tx)
  return rows
}

/** All of a period, the oldest first. */
export async function entriesOfPeriod(tx: Tx, ctx: Ctx, { from, to }: Span): Promise<readonly EntryRow[]> {
  const { rows } = await sql<EntryRow>`
    select ${columns} from ${joined}
    where e.company_id = ${ctx.company.id} and e.period_from = ${from}::date and e.period_to = ${to}::date
    order by e.id`.execute(tx)
  return rows
}

/** Whose entries are asked for: of these people, and of these units with whoever stood in them. */
export type Subjects = 'everything' | { readonly people: readonly string[]; readonly units: readonly string[] }

const mostEntries = 200

/** The newest of these subjects, whether of one period or of all that there ever were. */
export async function entriesOf(
  tx: Tx,
  ctx: Ctx,
  subjects: Subjects,
  period: Span | undefined,
): Promise<{ readonly rows: readonly EntryRow[]; readonly hasMore: boolean }> {
  const within: Sql = period
    ? sql`e.period_from = ${period.from}::date and e.period_to = ${period.to}::date`
    : sql`true`
  const of: Sql =
    subjects === 'everything'
      ? sql`true`
      : sql`(e.person_id = any(${subjects.people}::uuid[]) or e.unit_id = any(${subjects.units}::uuid[]))`
  const { rows } = await sql<EntryRow>`
    select ${columns} from ${joined}
    where e.company_id = ${ctx.company.id} and ${within} and ${of}
    order by e.id desc limit ${mostEntries + 1}`.execute(tx)
  return { rows: rows.slice(0, mostEntries), hasMore: rows.length > mostEntries }
}

export async function findEntry(tx: Tx, ctx: Ctx, id: string): Promise<EntryRow | undefined> {
  const { rows } = await sql<EntryRow>`
    select ${columns} from ${joined} where e.company_id = ${ctx.company.id} and e.id = ${id}`.execute(tx)
  return rows[0]
}

/** A deal behind an entry, as it was. */
export interface HeldDeal {
  readonly id: string
  readonly personId: string
  readonly name: string
  readonly stage: Label
  readonly category: string
  readonly amount: string
  readonly expectedOn: string | null
}

/** The deals of an entry; `isSeen` says whether the condition on the deal `t` is met, or the deal is no more at all. */
export async function heldDeals(
  tx: Tx,
  ctx: Ctx,
  entryId: string,
  seen: Sql,
): Promise<readonly (HeldDeal & { readonly isSeen: boolean })[]> {
  const { rows } = await sql<HeldDeal & { isSeen: boolean }>`
    select d.opportunity_id as id, d.person_id as "personId", d.name, d.stage_name as stage, d.category,
      trim_scale(d.amount)::text as amount, d.expected_on::text as "expectedOn",
      (exists (select from opportunity t where t.company_id = d.company_id and t.id = d.opportunity_id and ${seen})
        or not exists (select from opportunity t where t.company_id = d.company_id and t.id = d.opportunity_id)) as "isSeen"
    from forecast_deal d where d.company_id = ${ctx.company.id} and d.entry_id = ${entryId}
    order by d.amount desc, d.opportunity_id, d.person_id`.execute(tx)
  return rows
}

export interface NewEntry {
  readonly kind: EntryKind
  readonly period: Period
  readonly unitId: string | null
  readonly personId: string | null
  /** Null: a withdrawal. */
  readonly values: { readonly commit: string; readonly bestCase: string } | null
  readonly system: Sums
  readonly note: string | null
  readonly deals: readonly HeldDeal[]
}

/** Writes an entry with the deals behind it. Nothing ever changes it. */
export async function insertEntry(step: Step, entry: NewEntry): Promise<string> {
  const { ctx, tx } = step
  const { kind, period, unitId, personId, values, system, note, deals } = entry
  const id = newId()
  await sql`
    insert into forecast_entry (company_id, id, kind, period_key, period_kind, period_from, period_to, period_label, unit_id,
      person_id, made_by, made_at, currency, commit_amount, best_amount, closed_amount, committed_deals, best_deals,
      pipeline_deals, omitted_deals, note)
    values (${ctx.company.id}, ${id}, ${kind}, ${period.key}, ${period.kind}, ${period.from}, ${period.to},
      ${JSON.stringify(period.label)}::jsonb, ${unitId}, ${personId}, ${ctx.actor.personId}, ${ctx.now}, ${ctx.company.currency},
      ${values?.commit ?? null}, ${values?.bestCase ?? null}, ${writeAmount(system.closed)}, ${writeAmount(system.committed)},
      ${writeAmount(system.bestCase)}, ${writeAmount(system.pipeline)}, ${writeAmount(system.omitted)}, ${note})`.execute(
    tx,
  )
  await sql`
    insert into forecast_deal (company_id, entry_id, opportunity_id, person_id, name, stage_name, category, amount, expected_on)
    select ${ctx.company.id}, ${id}, d.id, d."personId", d.name, d.stage, d.category, d.amount, d."expectedOn"
    from jsonb_to_recordset(${JSON.stringify(deals)}::jsonb)
      as d(id uuid, "personId" uuid, name text, stage jsonb, category text, amount numeric, "expectedOn" date)`.execute(
    tx,
  )
  step.audit({
    object: 'forecast',
    recordId: id,
    action: kind === 'submission' ? 'submitted' : kind === 'override' ? 'overridden' : 'withdrawn',
    before: null,
    after: { period: period.key, unit: unitId, person: personId, ...values, reason: note },
  })
  return id
}
