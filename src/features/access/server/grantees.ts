import { inWords } from '#base/label.ts'
import { granteeKey, type Grantee } from '#engine/policy/sharing.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { isId } from '#platform/db/new-id.ts'
import { namesHeld } from '#features/org/server/index.ts'

/** What those with whom something is shared are called, by their key; nothing for who is not there. */
export async function namesOfGrantees(ctx: Ctx, grantees: readonly Grantee[]): Promise<ReadonlyMap<string, string>> {
  const idsOf = (...kinds: readonly Grantee['kind'][]) =>
    grantees.filter(({ kind, id }) => kinds.includes(kind) && isId(id)).map(({ id }) => id)
  const held = await namesHeld(ctx, { people: idsOf('person'), units: idsOf('unit', 'below') })
  const names = new Map(held.map(({ id, name }) => [id, name]))
  return new Map(
    grantees.flatMap((grantee) => {
      const role = grantee.kind === 'role' ? ctx.company.roles.get(grantee.id) : undefined
      const name = role ? inWords(role.label, ctx.language) : names.get(grantee.id)
      return name === undefined ? [] : [[granteeKey(grantee), name] as const]
    }),
  )
}

export async function isThere(ctx: Ctx, grantee: Grantee): Promise<boolean> {
  return (await namesOfGrantees(ctx, [grantee])).size > 0
}
