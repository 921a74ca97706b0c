import type { FieldFault } from '#base/errors.ts'
import { isSame } from '#engine/model/is-same.ts'
import type { ObjectType } from '#engine/model/object-type.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Draft } from './draft.ts'
import { rowFaults } from './errors.ts'
import { may } from './scope.ts'

/** What of a change the actor may not do to this record, however well it fits: by what they reach, and by their role. */
export function forbidden(ctx: Ctx, shown: ObjectType, { before, values, given }: Draft): readonly FieldFault[] {
  if (!before) return []
  if (!before.mayChange) return [{ field: 'id', code: 'onlySeen', label: rowFaults.onlySeen }]
  const isChanged = (key: string) => key in given && !isSame(before.values[key], values[key])
  const faults: FieldFault[] = []
  for (const { key, masked } of shown.fields) {
    if (masked && (before.values[key] ?? null) !== null && isChanged(key)) {
      faults.push({ field: key, code: 'masked', label: rowFaults.masked })
    }
  }
  if (isChanged('ownerId') && !(before.mayGiveAway && may(ctx, shown, 'transfer'))) {
    faults.push({ field: 'ownerId', code: 'transfer', label: rowFaults.transfer })
  }
  return faults
}
