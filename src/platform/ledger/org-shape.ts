import { sql } from 'kysely'
import { inWords } from '#base/label.ts'
import { unassigned, type OrgShape, type Stay, type Stretch, type UnitFacts } from '#engine/metrics/tier-tree.ts'
import { nobody } from '#engine/metrics/to-sql.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Tx } from '#platform/db/step.ts'

export interface Span {
  /** `[from, to)` */
  readonly from: string
  readonly to: string
}

const remembered = new Map<string, OrgShape>()
const mostRemembered = 200

/** The org over a span, remembered until the company's org changes. */
export async function orgShape(tx: Tx, ctx: Ctx, structureId: string, span: Span): Promise<OrgShape> {
  const key = [ctx.company.id, ctx.company.orgVersion, structureId, span.from, span.to, ctx.language].join(' ')
  const known = remembered.get(key)
  if (known) return known
  const shape = await readShape(tx, ctx, structureId, span)
  const oldest = remembered.size >= mostRemembered ? remembered.keys().next().value : undefined
  if (oldest !== undefined) remembered.delete(oldest)
  remembered.set(key, shape)
  return shape
}

async function readShape(tx: Tx, ctx: Ctx, structureId: string, span: Span): Promise<OrgShape> {
  const company = ctx.company.id
  const { rows: turns } = await sql<{ day: string }>`
    select distinct d.day from unit_parent p cross join lateral (values (p.from_day), (p.to_day)) as d(day)
    where p.company_id = ${company} and p.structure_id = ${structureId} and d.day > ${span.from} and d.day < ${span.to}
    order by 1`.execute(tx)
  const days = [span.from, ...turns.map((turn) => turn.day), span.to]
  const stretches: Stretch[] = []
  for (let at = 0; at + 1 < days.length; at += 1) {
    const from = days[at] ?? span.from
    const { rows } = await sql<{ unit_id: string; path: string[] }>`
      select unit_id, path::text[] as path from units_on(${structureId}, ${from}::date)`.execute(tx)
    stretches.push({ from, to: days[at + 1] ?? span.to, paths: new Map(rows.map((row) => [row.unit_id, row.path])) })
  }
  const { rows: units } = await sql<UnitFacts>`
    select u.id, u.name, u.tier, p.name as "headName", u.position from unit u
    left join person p on p.company_id = u.company_id and p.id = u.head_id
    where u.company_id = ${company} and u.structure_id = ${structureId}`.execute(tx)
  const { rows: stays } = await sql<Stay>`
    select person_id as "personId", unit_id as "unitId",
      greatest(from_day, ${span.from}::date) as "from", least(to_day, ${span.to}::date) as "to", to_day >= ${span.to}::date as current
    from credit_span
    where company_id = ${company} and structure_id = ${structureId} and unit_id is not null
      and from_day < ${span.to}::date and to_day > ${span.from}::date`.execute(tx)
  const { rows: people } = await sql<{ id: string; name: string }>`
    select id, name from person where company_id = ${company}`.execute(tx)
  return {
    stretches,
    stays,
    units: new Map([...units, placeOfStrays(ctx)].map((unit) => [unit.id, unit])),
    people: new Map(
      [...people, { id: nobody, name: inWords(ownerless, ctx.language) }].map(({ id, name }) => [id, name]),
    ),
  }
}

const outside = { zh: '未归属', en: 'Unassigned' }
const ownerless = { zh: '无负责人', en: 'Nobody' }

/** What has no unit stands in a node of its own, after all units. */
function placeOfStrays(ctx: Ctx): UnitFacts {
  const name = inWords(outside, ctx.language)
  return { id: unassigned, name, tier: null, headName: null, position: Number.MAX_SAFE_INTEGER }
}

const defaults = new Map<string, string>()

/** The structure that targets and results roll up by: the company's default, kept for good, unless the act looks by another. */
export async function defaultStructure(tx: Tx, ctx: Ctx): Promise<string> {
  if (ctx.structureId !== undefined) return ctx.structureId
  const known = defaults.get(ctx.company.id)
  if (known !== undefined) return known
  const { rows } = await sql<{ id: string }>`
    select id from structure where company_id = ${ctx.company.id} and is_default`.execute(tx)
  const [first] = rows
  if (!first) throw new Error('the company has no default structure')
  if (defaults.size >= mostRemembered) defaults.clear()
  defaults.set(ctx.company.id, first.id)
  return first.id
}
