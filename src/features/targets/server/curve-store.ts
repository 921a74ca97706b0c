import { sql } from 'kysely'
import { inStep, inView } from '#platform/db/step.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { targetErrors } from '../contract.ts'
import type { RampCurve } from '../contract.ts'

/** The company's ramp curves, by name. */
export async function listRampCurves(ctx: Ctx): Promise<{ curves: RampCurve[] }> {
  return inView(ctx, async (tx) => {
    const { rows } = await sql<RampCurve>`select id, name, percents from ramp_curve order by name`.execute(tx)
    return { curves: rows }
  })
}

/** Makes or changes a curve; CURVE_EXISTS where another bears the name. */
export async function saveRampCurve(ctx: Ctx, curve: RampCurve): Promise<{ curve: RampCurve }> {
  return inStep(
    ctx,
    async (step) => {
      const company = ctx.company.id
      const { rows: taken } = await sql`
        select 1 from ramp_curve where company_id = ${company} and name = ${curve.name} and id <> ${curve.id}`.execute(
        step.tx,
      )
      if (taken.length > 0) {
        const label = { zh: '名称已被使用', en: 'The name is taken' }
        throw targetErrors.CURVE_EXISTS({ name: curve.name }, [{ field: 'name', code: 'taken', label }])
      }
      const { rows } = await sql<RampCurve>`
        with before as (select name, percents from ramp_curve where company_id = ${company} and id = ${curve.id})
        insert into ramp_curve (company_id, id, name, percents)
        values (${company}, ${curve.id}, ${curve.name}, ${[...curve.percents]}::int[])
        on conflict (company_id, id) do update set name = excluded.name, percents = excluded.percents
        returning id, (select name from before) as name, (select percents from before) as percents`.execute(step.tx)
      const before = rows[0]?.name ? { name: rows[0].name, percents: rows[0].percents } : null
      const { name, percents } = curve
      const action = before ? 'updated' : 'created'
      step.audit({ object: 'ramp_curve', recordId: curve.id, action, before, after: { name, percents } })
      return { curve }
    },
    { kind: 'ramp-curve.save' },
  )
}

export async function deleteRampCurve(ctx: Ctx, curveId: string): Promise<void> {
  await inStep(
    ctx,
    async (step) => {
      const { rows } = await sql<RampCurve>`
        delete from ramp_curve where company_id = ${ctx.company.id} and id = ${curveId}
        returning id, name, percents`.execute(step.tx)
      const [gone] = rows
      if (!gone) throw targetErrors.CURVE_NOT_FOUND()
      step.audit({ object: 'ramp_curve', recordId: curveId, action: 'deleted', before: { ...gone }, after: null })
    },
    { kind: 'ramp-curve.delete' },
  )
}
