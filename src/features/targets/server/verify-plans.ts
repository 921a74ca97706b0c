import { sql } from 'kysely'
import type { Ctx } from '#platform/db/ctx.ts'
import { nobody } from '#platform/db/new-id.ts'
import { inView } from '#platform/db/step.ts'

/** Rows of a plan that do not add up to the row above them, and its buffer, in a month. */
export interface PlanDifference {
  readonly metric: string
  readonly year: number
  readonly unitId: string
  readonly unitName: string
  /** Leaf period of the year, from 1. */
  readonly month: number
  /** Null: the plan has rows below a unit that is not in it. */
  readonly own: string | null
  readonly children: string
}

/** Does every plan whose targets add up do so, at every tier and in every month? Answers at most 1,000 differences. */
export async function verifyPlans(ctx: Ctx): Promise<readonly PlanDifference[]> {
  const { rows } = await inView(ctx, (tx) =>
    sql<PlanDifference>`
      with below as (
        select t.plan_id, case when t.person_id = ${nobody} then t.parent_unit_id else t.unit_id end as unit_id,
          m.month::int as month, sum(m.value) as value
        from target t cross join lateral unnest(t.months) with ordinality as m(value, month)
        join plan q on q.company_id = t.company_id and q.id = t.plan_id
        where t.company_id = ${ctx.company.id} and q.over_nodes = 'sum'
        group by 1, 2, 3
      )
      select p.metric, f.year, b.unit_id as "unitId", u.name as "unitName", b.month,
        trim_scale(t.months[b.month])::text as own, trim_scale(b.value)::text as children
      from below b
      join plan p on p.company_id = ${ctx.company.id} and p.id = b.plan_id
      join period f on f.company_id = p.company_id and f.id = p.period_id
      join unit u on u.company_id = p.company_id and u.id = b.unit_id
      left join target t on t.company_id = p.company_id and t.plan_id = b.plan_id and t.unit_id = b.unit_id
        and t.person_id = ${nobody}
      where t.months is null
        or b.value - t.months[b.month] + coalesce(t.taken[b.month], 0) - t.months[b.month] * t.buffer / 10000.0 <= -p.unit
        or (b.value <> t.months[b.month]
          and b.value - t.months[b.month] + coalesce(t.taken[b.month], 0) - t.months[b.month] * t.buffer / 10000.0 >= p.unit)
      order by f.year, p.metric, u.name, b.month limit 1000`.execute(tx),
  )
  return rows
}
