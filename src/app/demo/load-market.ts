import { addDays, earlier } from '#engine/calendar/day.ts'
import { keepSizes, setTerritory } from '#features/market/server/index.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { known } from './load-org.ts'
import { regions } from './regions.ts'
import type { Story } from './story.ts'

/** What one part of weight of a city buys in the first year, and what a year adds to it, in percent. */
const firstYear = 22_000_000
const growth = 7

/** How sure the source is of a province: of where most is sold it has counts, of the rest estimates. */
const confidenceOf = (weight: number) => (weight >= 25 ? 'high' : weight >= 12 ? 'medium' : 'low')

/** What each region covers, and how large the market of its provinces is, as an association tells it every spring. */
export async function loadMarket(
  ctx: Ctx,
  { plans, scale }: Pick<Story, 'plans'> & { readonly scale: number },
  idOf: ReadonlyMap<string, string>,
): Promise<void> {
  const weights = new Map<string, number>()
  for (const { name, branches } of regions) {
    const cities = branches.flatMap(({ teams }) => teams.flatMap((team) => team.cities))
    const provinces = [...new Set(cities.map(([province]) => province))]
    await setTerritory(ctx, known(idOf, `u/${name}`), { regions: provinces, industries: [] })
    for (const [province, , weight] of cities) weights.set(province, (weights.get(province) ?? 0) + weight)
  }
  const years = [...new Set(plans.map(({ year }) => year))].toSorted((one, other) => one - other)
  await keepSizes(
    ctx,
    years.flatMap((year, at) =>
      [...weights].map(([region, weight]) => ({
        region,
        industry: '',
        from: `${year}-01-01`,
        to: `${year + 1}-01-01`,
        amount: String(Math.round((weight * firstYear * scale * (100 + growth * at)) / 100)),
        currency: '',
        source: `农业装备行业协会 ${year} 年度报告`,
        toldOn: earlier(addDays(`${year}-03-01`, at), ctx.today),
        confidence: confidenceOf(weight),
      })),
    ),
  )
}
