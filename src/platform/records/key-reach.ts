import type { ObjectType, RecordAction } from '#engine/model/object-type.ts'
import { scopesCover } from '#engine/policy/key-scope.ts'
import type { Ctx } from '#platform/db/ctx.ts'

const looks: ReadonlySet<RecordAction> = new Set(['read', 'export'])

/** Whether the API key of the request reaches records of the object; whoever came without one does. */
export function keyReaches({ key }: Ctx, object: ObjectType, action: RecordAction): boolean {
  return key === undefined || scopesCover(key.scopes, { changes: !looks.has(action), object: object.key })
}
