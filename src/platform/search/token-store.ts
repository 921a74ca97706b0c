import { sql } from 'kysely'
import type { Phrase } from '#engine/search/plan.ts'
import { places } from '#engine/search/place.ts'
import type { Token } from '#engine/search/tokens.ts'
import type { Sql } from '#engine/query/to-sql.ts'
import { keptPlan } from '#platform/db/kept-plan.ts'
import { nobody } from '#platform/db/new-id.ts'
import type { Step, Tx } from '#platform/db/step.ts'

/** The tokens of one record, as they stand in the table. */
export interface TokensOfRecord {
  readonly id: string
  readonly ownerId: string | null
  readonly tokens: readonly Token[]
}

export interface TokenChange {
  readonly gone: readonly TokensOfRecord[]
  readonly come: readonly TokensOfRecord[]
  /** Records that were made just now have no tokens yet: looking first whether they do would take twice as long. */
  readonly areNew?: boolean
}

/** Takes tokens away and adds others, in one statement whatever their number. What stands there already stays. */
export async function changeTokens(
  { ctx, tx }: Step,
  object: string,
  { gone, come, areNew = false }: TokenChange,
): Promise<void> {
  const company = ctx.company.id
  const removal = sql`
    delete from search_token t using ${rowsOf(gone)}
    where t.company_id = ${company} and t.object = ${object} and t.token = r.token and t.place = r.place
      and t.owner_id = r.owner_id and t.record_id = r.record_id`
  const addition = sql`
    insert into search_token (company_id, object, token, place, owner_id, record_id)
    select ${company}, ${object}, r.token, r.place, r.owner_id, r.record_id from ${rowsOf(come)}
    order by r.token, r.place, r.owner_id, r.record_id ${areNew ? sql`` : sql`on conflict do nothing`}`
  if (gone.length > 0 && come.length > 0) await sql`${keptPlan}with removed as (${removal}) ${addition}`.execute(tx)
  else if (come.length > 0) await sql`${keptPlan}${addition}`.execute(tx)
  else if (gone.length > 0) await sql`${keptPlan}${removal}`.execute(tx)
}

/**
 * As few and short parameters as can be: a portion of an import has tens of thousands of tokens. `offset 0` keeps them
 * one table: else tokens are looked up without their record, and those that all records share are read for each of them.
 */
function rowsOf(records: readonly TokensOfRecord[]): Sql {
  const ids = records.map(({ id }) => id)
  const owners = records.map(({ ownerId }) => ownerId ?? nobody)
  const tokens = records.map((record) => record.tokens.map(({ token }) => token).join(' '))
  const placed = records.map((record) => record.tokens.map(({ place }) => place).join(' '))
  return sql`(
    select a.record_id, a.owner_id, p.token, p.place
    from unnest(${ids}::uuid[], ${owners}::uuid[], ${tokens}::text[], ${placed}::text[]) a(record_id, owner_id, tokens, places)
    cross join lateral unnest(string_to_array(a.tokens, ' '), string_to_array(a.places, ' ')::smallint[]) p(token, place)
    offset 0) r`
}

/** Of an object's tokens: how many there are. */
export async function countTokens(tx: Tx, company: string, object: string): Promise<number> {
  const { rows } = await sql<{ count: string }>`
    select count(*) from search_token where company_id = ${company} and object = ${object}`.execute(tx)
  return Number(rows[0]?.count ?? 0)
}

/** Of these tokens those that are not in the table: how many, by record. */
export async function missingTokens(
  tx: Tx,
  company: string,
  object: string,
  records: readonly TokensOfRecord[],
): Promise<readonly { readonly recordId: string; readonly count: number }[]> {
  const { rows } = await sql<{ recordId: string; count: number }>`
    select r.record_id as "recordId", count(*)::int as count from ${rowsOf(records)}
    where not exists (
      select from search_token t
      where t.company_id = ${company} and t.object = ${object} and t.token = r.token and t.place = r.place
        and t.owner_id = r.owner_id and t.record_id = r.record_id)
    group by 1`.execute(tx)
  return rows
}

/** Whose records are looked through: those of everybody, or of these people. */
export interface Range {
  readonly company: string
  readonly objects: readonly string[]
  readonly owners: 'everybody' | readonly string[]
  /** Only these records; all of them unless told. */
  readonly records?: readonly string[]
}

export interface Hint {
  readonly object: string
  readonly recordId: string
  readonly place: number
}

/** How often the tokens of each step stand in these objects, counted up to a limit. */
export async function countSteps(
  tx: Tx,
  { company, objects }: Range,
  steps: readonly (readonly string[])[],
  limit: number,
): Promise<readonly number[]> {
  const asked = JSON.stringify(steps.map((tokens, at) => ({ at, tokens })))
  const { rows } = await sql<{ at: number; count: number }>`
    select w.at, (
      select count(*)::int from (
        select from unnest(${objects}::text[]) o(object) cross join lateral (
          select from search_token s
          where s.company_id = ${company} and s.object = o.object and s.token = any(w.tokens) limit ${limit}) one
        limit ${limit}) many) as count
    from jsonb_to_recordset(${asked}::jsonb) as w(at int, tokens text[])`.execute(tx)
  const counts = new Map(rows.map(({ at, count }) => [at, count]))
  return steps.map((_, at) => counts.get(at) ?? 0)
}

/** Of these tokens those that stand in some of these objects. */
export async function presentTokens(
  tx: Tx,
  { company, objects }: Range,
  tokens: readonly string[],
): Promise<readonly string[]> {
  if (tokens.length === 0) return []
  const { rows } = await sql<{ token: string }>`
    select d.token from unnest(${tokens}::text[]) d(token)
    where exists (
      select from unnest(${objects}::text[]) o(object) cross join lateral (
        select from search_token s where s.company_id = ${company} and s.object = o.object and s.token = d.token limit 1) one
      offset 0)`.execute(tx)
  return rows.map(({ token }) => token)
}

/**
 * Records that have one of the phrases, of each object and phrase the best-placed ones. The first step of a phrase
 * is read in order, the others are looked up record by record.
 */
export async function hintsOf(
  tx: Tx,
  ranges: readonly Range[],
  phrases: readonly Phrase[],
  limit: number,
): Promise<readonly Hint[]> {
  const parts = ranges
    .filter(({ objects, owners }) => objects.length > 0 && owners.length > 0)
    .flatMap((range) => phrases.map((phrase) => hintsInRange(range, phrase, limit)))
  if (parts.length === 0) return []
  const { rows } = await sql<Hint>`
    select object, record_id as "recordId", min(place)::int as place from (${sql.join(parts, sql` union all `)}) h
    group by 1, 2 order by 3`.execute(tx)
  return rows
}

function hintsInRange({ company, objects, owners, records }: Range, phrase: Phrase, limit: number): Sql {
  const [first, ...others] = phrase
  const ofOwners = owners === 'everybody' ? sql`` : sql`and s.owner_id = any(${owners}::uuid[])`
  const ofRecords = records === undefined ? sql`` : sql`and s.record_id = any(${records}::uuid[])`
  return sql`
    select object, record_id, place from (
      select o.object, f.record_id, f.place, row_number() over (partition by o.object order by f.place) as number
      from unnest(${objects}::text[]) o(object) cross join unnest(${first?.tokens ?? []}::text[]) d(token)
      cross join lateral (
        select s.record_id, s.place from search_token s
        where s.company_id = ${company} and s.object = o.object and s.token = d.token ${ofOwners} ${ofRecords}
          ${sql.join(
            others.map(({ tokens, shift }) => sql`and ${standsBehind(tokens, shift - (first?.shift ?? 0))}`),
            sql` `,
          )}
        order by s.place, s.owner_id, s.record_id limit ${limit}) f) p where number <= ${limit}`
}

/** The offset keeps the planner from turning the look-up into a join over the whole index. */
function standsBehind(tokens: readonly string[], shift: number): Sql {
  const { lengths, firstOfOthers, lastOfTitle, lastOfOthers } = places
  return sql`exists (
    select from search_token n
    where n.company_id = s.company_id and n.object = s.object and n.token = any(${tokens}::text[])
      and n.place = least(s.place + ${sql.lit(shift * lengths)},
        s.place % ${sql.lit(lengths)} + case when s.place < ${sql.lit(firstOfOthers)} then ${sql.lit(lastOfTitle)} else ${sql.lit(lastOfOthers)} end)
      and n.owner_id = s.owner_id and n.record_id = s.record_id offset 0)`
}
