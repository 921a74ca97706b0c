import { sql } from 'kysely'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView } from '#platform/db/step.ts'

export interface Called {
  readonly id: string
  readonly name: string
  /** The unit of a person, what a unit lies in. */
  readonly detail: string | null
}

export interface NameHeld extends Called {
  /** Whether nobody and nothing else in the organisation has this name. */
  readonly isOnly: boolean
}

const most = 30
const likeOf = (text: string) => `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`

/** People whose name contains the text: exact names first, active people before others. */
export async function peopleCalled(ctx: Ctx, text: string): Promise<readonly Called[]> {
  return inView(ctx, async (tx) => {
    const { rows } = await sql<Called>`
      select p.id, p.name, u.name as detail
      from person p
      left join structure s on s.is_default
      left join assignment a on a.person_id = p.id and a.structure_id = s.id and a.is_main
        and a.from_day <= ${ctx.today}::date and a.to_day > ${ctx.today}::date
      left join unit u on u.id = a.unit_id
      where p.name ilike ${likeOf(text)}
      order by (lower(p.name) = lower(${text})) desc, p.is_active desc, p.name collate "zh-x-icu", p.id limit ${most}
    `.execute(tx)
    return rows
  })
}

/** Units of today whose name contains the text, exact names first. */
export async function unitsCalled(ctx: Ctx, text: string): Promise<readonly Called[]> {
  return inView(ctx, async (tx) => {
    const { rows } = await sql<Called>`
      select u.id, u.name, up.name as detail
      from structure s cross join lateral units_on(s.id, ${ctx.today}::date) t
      join unit u on u.id = t.unit_id left join unit up on up.id = t.parent_id
      where s.is_default and u.name ilike ${likeOf(text)}
      order by (lower(u.name) = lower(${text})) desc, cardinality(t.path), u.name collate "zh-x-icu", u.id limit ${most}
    `.execute(tx)
    return rows
  })
}

/** The names of people and units by id. */
export async function namesHeld(
  ctx: Ctx,
  { people, units }: { readonly people: readonly string[]; readonly units: readonly string[] },
): Promise<readonly NameHeld[]> {
  return inView(ctx, async (tx) => {
    const { rows } = await sql<NameHeld>`
      select p.id, p.name, null as detail,
        not exists (select from person o where lower(o.name) = lower(p.name) and o.id <> p.id) as "isOnly"
      from person p where p.id = any(${people}::uuid[])
      union all
      select u.id, u.name, null,
        not exists (select from person o where lower(o.name) = lower(u.name))
          and not exists (select from unit o where lower(o.name) = lower(u.name) and o.id <> u.id)
      from unit u where u.id = any(${units}::uuid[])
    `.execute(tx)
    return rows
  })
}
