import { sql } from 'kysely'
import { readAmount, type Metric } from '#engine/metrics/metric.ts'
import type { Sql } from '#engine/query/to-sql.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Step, Tx } from '#platform/db/step.ts'
import { clearNoted, isAllNoted, notedRecordsSql, type RowsOf } from '#platform/ledger/index.ts'
import type { KeptRow, RecordChange } from '../reasons.ts'

/** The ledger of a metric in a structure. */
export interface LedgerKey {
  readonly ctx: Ctx
  readonly metric: Metric
  readonly structureId: string
}

export interface Window {
  readonly from: string
  readonly to: string
  readonly turn: number
  /** The first and the last day whose end was kept. */
  readonly since: string
  readonly onDay: string
}

/** How far the ledger of a metric is kept; undefined: never yet. */
export async function windowOf(tx: Tx, key: LedgerKey): Promise<Window | undefined> {
  return readWindow(tx, key, sql``)
}

async function readWindow(tx: Tx, key: LedgerKey, lock: Sql): Promise<Window | undefined> {
  const { rows } = await sql<Window>`
    select from_day as "from", to_day as "to", turn, since_day as since, on_day as "onDay"
    from attainment_window
    where ${keyOf(key)} ${lock}`.execute(tx)
  return rows[0]
}

/**
 * One turn: writes down what changed in the ledger since the turn before, and keeps it as it is now for the days
 * `[from, to)`. Answers the number of the turn. The step is of one moment.
 */
export async function keepLedger(
  step: Step,
  key: LedgerKey,
  { from, to, onDay }: Omit<Window, 'turn' | 'since'>,
): Promise<number> {
  const { tx } = step
  const { company } = key.ctx
  // Of two at once the second begins again, after the turn of the first.
  const before = await readWindow(tx, key, sql`for update`)
  const turn = (before?.turn ?? 0) + 1
  if (before) await keepChanges(step, key, { before, turn, onDay })
  const isNew = before ? sql`(l.day < ${before.from}::date or l.day >= ${before.to}::date)` : sql`true`
  if (before && (before.from !== from || before.to !== to)) {
    await sql`
      delete from attainment_kept where ${keyOf(key)} and (day < ${from}::date or day >= ${to}::date)`.execute(tx)
  }
  if (!before || from < before.from || to > before.to) {
    await sql`
      insert into attainment_kept (company_id, structure_id, metric, ${columns})
      select l.company_id, l.structure_id, l.metric, ${columnsOf('l')} from ledger_row l
      where ${keyOf(key, 'l')} and l.day >= ${from}::date and l.day < ${to}::date and ${isNew}
      on conflict do nothing`.execute(tx)
  }
  await sql`
    insert into attainment_window (company_id, structure_id, metric, from_day, to_day, turn, since_day, on_day)
    values (${company.id}, ${key.structureId}, ${key.metric.key}, ${from}, ${to}, ${turn}, ${onDay}, ${onDay})
    on conflict (company_id, structure_id, metric) do update set
      from_day = excluded.from_day, to_day = excluded.to_day, turn = excluded.turn, on_day = excluded.on_day`.execute(
    tx,
  )
  await clearNoted(step, rowsOf(key))
  return turn
}

/** Writes down what became another one, and keeps it as it is now. */
async function keepChanges(
  { tx }: Step,
  key: LedgerKey,
  { before, turn, onDay }: { readonly before: Window; readonly turn: number; readonly onDay: string },
): Promise<void> {
  const { company } = key.ctx
  const isNoted = await isAllNoted(tx, key.ctx, rowsOf(key))
  const ofTurn = sql`select record_id from attainment_change where ${keyOf(key)} and turn = ${turn}`
  await sql`
    insert into attainment_change (company_id, structure_id, metric, turn, record_id, on_day, object, before, after)
    select ${company.id}, ${key.structureId}, ${key.metric.key}, ${turn}, d.record_id, ${onDay}, d.object, d.before, d.after
    from (${differencesSql(key, before, isNoted)}) d`.execute(tx)
  await sql`delete from attainment_kept where ${keyOf(key)} and record_id in (${ofTurn})`.execute(tx)
  await sql`
    insert into attainment_kept (company_id, structure_id, metric, ${columns})
    select l.company_id, l.structure_id, l.metric, ${columnsOf('l')} from (${ofTurn}) c
    cross join lateral (
      select * from ledger_row r where ${keyOf(key, 'r')} and r.record_id = c.record_id
        and r.day >= ${before.from}::date and r.day < ${before.to}::date offset 0) l`.execute(tx)
}

const rowsOf = ({ metric, structureId }: LedgerKey): RowsOf => ({ metric: metric.key, structureId })

/** What changed in the turns after `since` up to `until`, record by record: what it brought before and after all of them. */
export async function changesBetween(
  tx: Tx,
  key: LedgerKey,
  { since, until }: { readonly since: number; readonly until: number },
): Promise<ReadonlyMap<string, RecordChange>> {
  const { rows } = await sql<ChangeRow>`
    select record_id as "recordId", (array_agg(object order by turn desc))[1] as object,
      (array_agg(before order by turn))[1] as before, (array_agg(after order by turn desc))[1] as after
    from attainment_change where ${keyOf(key)} and turn > ${since} and turn <= ${until} group by record_id`.execute(tx)
  return byRecord(key.metric, rows)
}

/** What changed since the last turn in the days `[from, to)`. */
export async function changesSince(
  tx: Tx,
  key: LedgerKey,
  days: Pick<Window, 'from' | 'to'>,
): Promise<ReadonlyMap<string, RecordChange>> {
  const isNoted = await isAllNoted(tx, key.ctx, rowsOf(key))
  const { rows } = await sql<ChangeRow>`
    select record_id as "recordId", object, before, after from (${differencesSql(key, days, isNoted)}) d`.execute(tx)
  return byRecord(key.metric, rows)
}

/** The ledger rows of these records as they are. */
export async function rowsOfRecords(
  tx: Tx,
  key: LedgerKey,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly KeptRow[]>> {
  const { rows } = await sql<{ recordId: string; rows: readonly Written[] }>`
    select c.record_id as "recordId", ${rowsSql(key, 'ledger_row')} as rows
    from unnest(${ids}::uuid[]) c(record_id)`.execute(tx)
  return new Map(rows.map((one) => [one.recordId, one.rows.map(read)]))
}

/** Records with a row in these days, as they are: nothing of them changed. */
export async function recordsWithin(
  tx: Tx,
  key: LedgerKey,
  { from, to }: Pick<Window, 'from' | 'to'>,
): Promise<ReadonlyMap<string, RecordChange>> {
  const { rows } = await sql<Omit<ChangeRow, 'before'>>`
    select c.record_id as "recordId", c.object, ${rowsSql(key, 'ledger_row')} as after
    from (
      select r.record_id, min(r.object) as object from ledger_row r
      where ${keyOf(key, 'r')} and r.day >= ${from}::date and r.day < ${to}::date group by 1) c`.execute(tx)
  return byRecord(
    key.metric,
    rows.map((row) => ({ ...row, before: row.after })),
  )
}

type Written = readonly [
  day: string,
  unit: string,
  person: string,
  numerator: string,
  denominator: string,
  amount: string | null,
  currency: string | null,
  version: number,
]

interface ChangeRow {
  readonly recordId: string
  readonly object: string
  readonly before: readonly Written[]
  readonly after: readonly Written[]
}

function byRecord({ sources }: Metric, rows: readonly ChangeRow[]): ReadonlyMap<string, RecordChange> {
  const refunds = new Set(sources.filter(({ negative }) => negative).map(({ of }) => of))
  return new Map(
    rows.map(({ recordId, object, before, after }) => [
      recordId,
      { recordId, object, isRefund: refunds.has(object), before: before.map(read), after: after.map(read) },
    ]),
  )
}

function read([day, unitId, personId, numerator, denominator, amount, currency, metricVersion]: Written): KeptRow {
  return {
    ...{ day, unitId, personId, currency, metricVersion },
    numerator: readAmount(numerator),
    denominator: readAmount(denominator),
    amount: amount === null ? null : readAmount(amount),
  }
}

/**
 * Records of which a row of these days came, went or became another one, with all their rows of then and now. Only those
 * that are noted are looked at, each by its key; where not all are, every row of the days is.
 */
function differencesSql(key: LedgerKey, { from, to }: Pick<Window, 'from' | 'to'>, isNoted: boolean): Sql {
  const days = sql`${keyOf(key, 'r')} and r.day >= ${from}::date and r.day < ${to}::date`
  const rowsIn = (table: 'attainment_kept' | 'ledger_row') =>
    isNoted
      ? sql`
        select ${columnsOf('l')} from (${notedRecordsSql(key.ctx, rowsOf(key))}) n cross join lateral (
          select * from ${sql.table(table)} r where ${days} and r.record_id = n.record_id offset 0) l`
      : sql`select ${columnsOf('r')} from ${sql.table(table)} r where ${days}`
  return sql`
    with live as materialized (${rowsIn('ledger_row')}), kept as materialized (${rowsIn('attainment_kept')}),
    changed as (
      select distinct coalesce(live.record_id, kept.record_id) as record_id, coalesce(live.object, kept.object) as object
      from live full join kept on kept.record_id = live.record_id and kept.part = live.part
      where (live.day, live.unit_id, live.person_id, live.numerator, live.denominator, live.amount, live.currency,
        live.metric_version) is distinct from (kept.day, kept.unit_id, kept.person_id, kept.numerator, kept.denominator,
        kept.amount, kept.currency, kept.metric_version)
    )
    select c.record_id, c.object, ${rowsSql(key, 'attainment_kept')} as before, ${rowsSql(key, 'ledger_row')} as after
    from changed c`
}

function rowsSql(key: LedgerKey, table: 'attainment_kept' | 'ledger_row'): Sql {
  return sql`coalesce((
    select jsonb_agg(jsonb_build_array(r.day, r.unit_id, r.person_id, r.numerator::text, r.denominator::text,
      r.amount::text, r.currency, r.metric_version) order by r.part)
    from ${sql.table(table)} r where ${keyOf(key, 'r')} and r.record_id = c.record_id), '[]'::jsonb)`
}

const columnNames = [
  ...['record_id', 'part', 'object', 'day', 'unit_id', 'person_id', 'numerator', 'denominator', 'amount', 'currency'],
  'metric_version',
]
const columns = sql.join(columnNames.map((name) => sql.ref(name)))
const columnsOf = (alias: string): Sql => sql.join(columnNames.map((name) => sql.ref(`${alias}.${name}`)))

function keyOf({ ctx, metric, structureId }: LedgerKey, alias?: string): Sql {
  const column = (name: string) => sql.ref(alias === undefined ? name : `${alias}.${name}`)
  return sql`${column('company_id')} = ${ctx.company.id} and ${column('metric')} = ${metric.key}
    and ${column('structure_id')} = ${structureId}`
}
