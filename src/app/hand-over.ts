import { eq } from '#engine/query/filter.ts'
import { registerHolding } from '#features/org/server/index.ts'
import { countOwned, handOver, type Ownership } from '#platform/records/owned.ts'
import { standardCatalogue } from '#platform/records/registry.ts'

/** What a leaver hands over. Facts of the past (payments, activities) stay as they are. */
const wishes = [
  { key: 'account' },
  { key: 'contact' },
  { key: 'opportunity' },
  { key: 'order' },
  { key: 'task', only: eq('status', 'open') },
] as const

/** Tells the org room what people own. Called once every object is registered. */
export function registerHoldings(): void {
  for (const { key, ...wish } of wishes) {
    const object = standardCatalogue().get(key)
    const ownership: Ownership = { object, ...wish }
    registerHolding({
      object: key,
      label: object.label,
      count: (tx, ctx, personId) => countOwned(tx, ctx, ownership, personId),
      transfer: (step, fromId, toId) => handOver(step, ownership, fromId, toId),
    })
  }
}
