import { inWords } from '#base/label.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { may } from '#platform/records/scope.ts'
import { transferErrors } from './errors.ts'
import { recordTarget } from './record-target.ts'
import type { ImportTarget } from './target.ts'

const registered = new Map<string, ImportTarget>()

/** Called by rooms when the app is put together, for targets that are no business objects. */
export function registerImportTarget(target: ImportTarget): void {
  registered.set(target.object, target)
}

/** Every target, rooms' own ones first. */
export function importTargets(ctx: Ctx): readonly ImportTarget[] {
  const objects = ctx.company.catalogue
    .all()
    .filter((object) => may(ctx, object, 'import'))
    .map(recordTarget)
  return [...[...registered.values()].filter((target) => target.isAllowed(ctx)), ...objects]
}

/** The target of that key, or the error that says why not. */
export function importTarget(ctx: Ctx, key: string): ImportTarget {
  const object = ctx.company.catalogue.find(key)
  const target = registered.get(key) ?? (object && recordTarget(object))
  if (!target) throw transferErrors.TARGET_UNKNOWN({ object: key })
  if (!target.isAllowed(ctx)) throw transferErrors.NOT_ALLOWED({ object: inWords(target.label, ctx.language) })
  return target
}
