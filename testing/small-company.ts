import { sql } from 'kysely'
import { pino } from 'pino'
import { rewriteCreditSpans } from '#features/org/server/credit-span-store.ts'
import type { Role } from '#engine/policy/role.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { newId, nobody } from '#platform/db/new-id.ts'
import { inStep } from '#platform/db/step.ts'
import { asPerson, findCompany, systemContext } from '#platform/db/system.ts'
import { seedStages } from '#features/pipeline/server/index.ts'
import type { TestDatabase } from './test-database.ts'

export interface SmallCompany {
  readonly ctx: Ctx
  /** Key of each unit by name: 公司, 东区, 西区, 东一队, 东二队, 西一队. */
  readonly units: Readonly<Record<string, string>>
  /** Key of each person by name; 甲 and 乙 in 东一队, 丙 in 东二队, 丁 in 西一队. */
  readonly people: Readonly<Record<string, string>>
  /** Key of each stage by its English name. */
  readonly stages: Readonly<Record<string, string>>
  /** The same company seen by one of its people. */
  as(name: string, role: Role): Ctx
}

const tree: readonly (readonly [name: string, parent: string | null])[] = [
  ['公司', null],
  ['东区', '公司'],
  ['西区', '公司'],
  ['东一队', '东区'],
  ['东二队', '东区'],
  ['西一队', '西区'],
]

const staff: readonly (readonly [name: string, unit: string])[] = [
  ['甲', '东一队'],
  ['乙', '东一队'],
  ['丙', '东二队'],
  ['丁', '西一队'],
]

/** A company of three tiers and four people, on 2026-06-15 unless told. */
export async function smallCompany(
  database: Pick<TestDatabase, 'db'>,
  { slug = 'small', now = new Date('2026-06-15T04:00:00Z') }: { slug?: string; now?: Date } = {},
): Promise<SmallCompany> {
  const companyId = newId()
  await sql`insert into company (id, slug, name) values (${companyId}, ${slug}, ${`${slug} 公司`})`.execute(database.db)
  const company = await findCompany(database.db, { id: companyId })
  if (!company) throw new Error('the company was not written')
  const ctx = systemContext({ db: database.db, log: pino({ level: 'silent' }), now: () => now }, company)
  const units = Object.fromEntries(tree.map(([name]) => [name, newId()]))
  const people = Object.fromEntries(staff.map(([name]) => [name, newId()]))
  const structure = newId()
  const stages = await inStep(ctx, async (step) => {
    const { tx } = step
    await sql`insert into structure (company_id, id, key, name_zh, name_en, is_default)
      values (${companyId}, ${structure}, 'administrative', '行政组织', 'Organisation', true)`.execute(tx)
    for (const [name, parent] of tree) {
      await sql`insert into unit (company_id, id, structure_id, name) values (${companyId}, ${units[name]}, ${structure}, ${name})`.execute(
        tx,
      )
      await sql`insert into unit_parent (company_id, id, structure_id, unit_id, parent_id)
        values (${companyId}, ${newId()}, ${structure}, ${units[name]}, ${parent === null ? null : units[parent]})`.execute(
        tx,
      )
    }
    for (const [name, unit] of staff) {
      await sql`insert into person (company_id, id, name) values (${companyId}, ${people[name]}, ${name})`.execute(tx)
      await sql`insert into assignment (company_id, id, structure_id, person_id, unit_id)
        values (${companyId}, ${newId()}, ${structure}, ${people[name]}, ${units[unit]})`.execute(tx)
    }
    await rewriteCreditSpans(step, Object.values(people))
    await seedStages(step)
    const { rows } = await sql<{ id: string; name_en: string }>`select id, name_en from stage`.execute(tx)
    return Object.fromEntries(rows.map((row) => [row.name_en, row.id]))
  })
  return {
    ctx,
    units,
    people,
    stages,
    as: (name, role) => asPerson(ctx, { id: people[name] ?? nobody, name, role, loginId: null }),
  }
}

/** From a day on, a person stands in another unit. */
export async function movePerson(ctx: Ctx, personId: string, unitId: string, from: string): Promise<void> {
  await inStep(ctx, async (step) => {
    await sql`delete from assignment where person_id = ${personId} and from_day >= ${from}::date`.execute(step.tx)
    await sql`update assignment set to_day = ${from}::date where person_id = ${personId} and to_day > ${from}::date`.execute(
      step.tx,
    )
    await sql`
      insert into assignment (company_id, id, structure_id, person_id, unit_id, from_day)
      select ${ctx.company.id}, ${newId()}, id, ${personId}, ${unitId}, ${from}::date from structure where is_default`.execute(
      step.tx,
    )
    await rewriteCreditSpans(step, [personId])
    await sql`update company set org_version = org_version + 1 where id = ${ctx.company.id}`.execute(step.tx)
  })
}
