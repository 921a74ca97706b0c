import type { ObjectType } from '#engine/model/object-type.ts'
import { eq, type Filter } from '#engine/query/filter.ts'
import { registerHoldings, type Holding } from '#features/org/server/index.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { countOwned, handOver, type Ownership } from '#platform/records/owned.ts'

interface Wish {
  readonly only?: Filter
}

/** What a leaver hands over. Facts of the past (payments, activities) stay as they are. */
const wishes: Readonly<Record<string, Wish>> = {
  account: {},
  contact: {},
  opportunity: {},
  order: {},
  task: { only: eq('status', 'open') },
}

/** Tells the org room what people own, in every company also of the objects that it made itself. */
export function tellHoldings(): void {
  registerHoldings(({ company }: Ctx) => [
    ...Object.entries(wishes).map(([key, wish]) => holdingOf(company.wholeCatalogue.get(key), wish)),
    ...company.wholeCatalogue
      .all()
      .filter(({ custom }) => custom)
      .map((object) => holdingOf(object)),
  ])
}

function holdingOf(object: ObjectType, wish: Wish = {}): Holding {
  const ownership: Ownership = { object, ...wish }
  return {
    object: object.key,
    label: object.label,
    count: (tx, ctx, personId) => countOwned(tx, ctx, ownership, personId),
    transfer: (step, fromId, toId) => handOver(step, ownership, fromId, toId),
  }
}
