import { sql } from 'kysely'
import { rewriteCreditSpans } from '#features/org/server/index.ts'
import { seedStages } from '#features/pipeline/server/index.ts'
import { inStep } from '#platform/db/step.ts'
import { keyAt, keySql, kinds } from './keys.ts'
import type { Ground } from './seeded.ts'

const regions = 10
const branches = 40

/**
 * One company over 10 regions over 40 branches over 349 teams, and 3,000 people. Region `r` has the people whose number
 * ends in `r`: 300, headed by person `r`. Every tenth person changed teams in the middle of the year.
 */
export async function seedOrg({ ctx, size }: Ground): Promise<void> {
  const company = ctx.company.id
  const structure = keyAt(kinds.structure, 0)
  const teams = size.units - 1 - regions - branches
  const person = keySql(kinds.person, sql`i`)
  await inStep(ctx, async (step) => {
    const { tx } = step
    await sql`insert into structure (company_id, id, key, name_zh, name_en, is_default)
      values (${company}, ${structure}, 'administrative', '行政组织', 'Organisation', true)`.execute(tx)
    await sql`insert into person (company_id, id, name, role)
      select ${company}, ${person}, '员工' || i, case when i < ${sql.lit(regions)} then 'manager' else 'representative' end
      from generate_series(0, ${sql.lit(size.people - 1)}) i`.execute(tx)
    // Unit 0 is the company, then come regions, branches and teams.
    await sql`insert into unit (company_id, id, structure_id, name, tier, position, head_id)
      select ${company}, ${keySql(kinds.unit, sql`n`)}, ${structure}, '单位' || n,
        case when n = 0 then '公司' when n <= ${sql.lit(regions)} then '大区' when n <= ${sql.lit(regions + branches)} then '分公司' else '团队' end, n,
        case when n between 1 and ${sql.lit(regions)} then ${keySql(kinds.person, sql`n - 1`)} end
      from generate_series(0, ${sql.lit(size.units - 1)}) n`.execute(tx)
    await sql`insert into unit_parent (company_id, id, structure_id, unit_id, parent_id)
      select ${company}, ${keySql(kinds.link, sql`n`)}, ${structure}, ${keySql(kinds.unit, sql`n`)},
        case when n = 0 then null
          when n <= ${sql.lit(regions)} then ${keySql(kinds.unit, sql`0`)}
          when n <= ${sql.lit(regions + branches)} then ${keySql(kinds.unit, sql`1 + (n - 1 - ${sql.lit(regions)}) % ${sql.lit(regions)}`)}
          else ${keySql(kinds.unit, sql`1 + ${sql.lit(regions)} + (n - 1 - ${sql.lit(regions + branches)}) % ${sql.lit(branches)}`)} end
      from generate_series(0, ${sql.lit(size.units - 1)}) n`.execute(tx)
    await seedAssignments(tx, { company, structure, people: size.people, teams })
    const ids = Array.from({ length: size.people }, (_, place) => keyAt(kinds.person, place))
    await rewriteCreditSpans(step, ids)
    await seedStages(step)
  })
  await sql`analyze`.execute(ctx.db)
}

async function seedAssignments(
  tx: Parameters<ReturnType<typeof sql>['execute']>[0],
  { company, structure, people, teams }: { company: string; structure: string; people: number; teams: number },
): Promise<void> {
  // The nth team of a region, counted in the region; the heads stand in the region itself.
  const inTeam = (nth: string) =>
    keySql(
      kinds.unit,
      sql`case when i < ${sql.lit(regions)} then 1 + i
        else ${sql.lit(1 + regions + branches)} + i % ${sql.lit(regions)} + ${sql.lit(regions)} * ((${sql.raw(nth)}) % ${sql.lit(Math.floor(teams / regions))}) end`,
    )
  const moved = sql`i >= ${sql.lit(regions)} and (i / ${sql.lit(regions)}) % 10 = 3`
  await sql`insert into assignment (company_id, id, structure_id, person_id, unit_id, from_day, to_day)
    select ${company}, ${keySql(kinds.link, sql`100000 + i`)}, ${structure}, ${keySql(kinds.person, sql`i`)}, ${inTeam(`i / ${regions}`)},
      '-infinity', case when ${moved} then '2025-07-01'::date else 'infinity'::date end
    from generate_series(0, ${sql.lit(people - 1)}) i`.execute(tx)
  await sql`insert into assignment (company_id, id, structure_id, person_id, unit_id, from_day)
    select ${company}, ${keySql(kinds.link, sql`200000 + i`)}, ${structure}, ${keySql(kinds.person, sql`i`)}, ${inTeam(`i / ${regions} + 1`)}, '2025-07-01'
    from generate_series(0, ${sql.lit(people - 1)}) i where ${moved}`.execute(tx)
}
