import { sql } from 'kysely'
import type { Label } from '#base/label.ts'
import { addDays, type Day } from '#engine/calendar/day.ts'
import { periodAround, periodBeside, type Period } from '#engine/calendar/period.ts'
import { writePastSubmissions, type PastSubmission } from '#features/forecast/server/index.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, type Step } from '#platform/db/step.ts'

interface DealTold {
  readonly id: string
  readonly personId: string
  readonly unitId: string
  readonly name: string
  readonly stage: Label
  readonly category: string
  readonly amount: string
  readonly closedOn: Day | null
  readonly expectedOn: Day | null
}

const quarters = 5

/**
 * What representatives said of the last quarters, in their second week and a month before the end, and most of them of
 * this one: each with an own leaning, some always too hopeful.
 */
export async function loadForecasts(ctx: Ctx): Promise<void> {
  await inStep(
    ctx,
    async (step) => {
      const deals = await dealsOfCompany(step)
      const now = periodAround(ctx.today, 'quarter', ctx.company.calendar)
      const past = Array.from({ length: quarters }, (_, at) => periodBeside(now, at - quarters, ctx.company.calendar))
      const people = [...Map.groupBy(deals, ({ personId }) => personId)]
      const said = people.flatMap(([, own], at) => [
        ...past.flatMap((period) => [
          wordOf(own, period, addDays(period.from, 5), leaning(at, 3)),
          wordOf(own, period, addDays(period.to, -33), leaning(at, 7)),
        ]),
        ...(at % 4 === 0 ? [] : [wordOf(own, now, addDays(ctx.today, -1), 1)]),
      ])
      const some = said.filter((word) => word !== undefined)
      for (let at = 0; at < some.length; at += 300) await writePastSubmissions(step, some.slice(at, at + 300))
    },
    { kind: 'demo.forecasts' },
  )
}

/** From 0.75 to 1.35, the same for the same person and kind of word. */
const leaning = (person: number, turn: number): number => 0.75 + ((person * 37 + turn * 11) % 60) / 100

/** What came later in the period stands for what was promised; what is open now, for what is promised now. */
function wordOf(own: readonly DealTold[], period: Period, on: Day, factor: number): PastSubmission | undefined {
  if (on < period.from) return undefined
  const held = own.flatMap(({ closedOn, expectedOn, unitId: _unit, ...deal }) => {
    if (closedOn !== null && closedOn >= period.from && closedOn < period.to) {
      return [{ ...deal, expectedOn: closedOn, category: closedOn <= on ? 'closed' : 'committed' }]
    }
    return closedOn === null && expectedOn !== null && expectedOn < period.to && expectedOn >= period.from
      ? [{ ...deal, expectedOn }]
      : []
  })
  const [first] = own
  if (!first || held.length === 0) return undefined
  const sum = (category: string) =>
    held.reduce((all, deal) => (deal.category === category ? all + Number(deal.amount) : all), 0)
  const round = (amount: number) => String(Math.round((amount * factor) / 1000) * 1000)
  return {
    period,
    personId: first.personId,
    unitId: first.unitId,
    at: `${on}T10:00:00+08:00`,
    commit: round(sum('committed')),
    bestCase: round(sum('best_case') + sum('committed') * 0.2),
    note: null,
    deals: held,
  }
}

async function dealsOfCompany({ tx, ctx }: Step): Promise<readonly DealTold[]> {
  const { rows } = await sql<DealTold>`
    select o.id, o.owner_id as "personId", a.unit_id as "unitId", o.name,
      jsonb_build_object('zh', s.name, 'en', s.name_en) as stage, o.forecast_category as category, o.amount::text as amount,
      o.closed_on::text as "closedOn", o.expected_on::text as "expectedOn"
    from opportunity o
    join stage s on s.company_id = o.company_id and s.id = o.stage_id
    join person p on p.company_id = o.company_id and p.id = o.owner_id and p.role = 'representative' and p.is_active
    join assignment a on a.company_id = o.company_id and a.person_id = p.id and a.is_main
      and a.from_day <= ${ctx.today}::date and a.to_day > ${ctx.today}::date
    join structure t on t.company_id = a.company_id and t.id = a.structure_id and t.is_default
    where o.company_id = ${ctx.company.id} and o.status <> 'lost' and o.amount is not null
    order by o.owner_id, o.id`.execute(tx)
  return rows
}
