import { eq, oneOf, all, type Filter } from '#engine/query/filter.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { totalsOf } from '#platform/records/totals.ts'
import { mayDo } from '#engine/policy/rights.ts'

export interface Owned {
  readonly accounts: number
  readonly deals: number
  readonly tasks: number
}

const nothing: Owned = { accounts: 0, deals: 0, tasks: 0 }
const portion = 1000

const asked: readonly (readonly [keyof Owned, object: string, only: Filter | undefined])[] = [
  ['accounts', 'account', undefined],
  ['deals', 'opportunity', eq('status', 'open')],
  ['tasks', 'task', eq('status', 'open')],
]

/** What people own and still work on, as far as the actor sees the records. */
export async function ownedBy(ctx: Ctx, people: readonly string[]): Promise<(personId: string) => Owned> {
  const counts = new Map<string, Owned>()
  for (const [key, object, only] of asked) {
    const type = ctx.company.catalogue.find(object)
    if (!type || !mayDo(ctx.actor.role, type, 'read')) continue
    for (let at = 0; at < people.length; at += portion) {
      const filter = all(oneOf('ownerId', people.slice(at, at + portion)), only)
      for (const { value, count } of (await totalsOf(ctx, object, { filter, groupBy: 'ownerId' })).groups ?? []) {
        if (value !== null) counts.set(value, { ...(counts.get(value) ?? nothing), [key]: count })
      }
    }
  }
  return (personId) => counts.get(personId) ?? nothing
}
