import type { FieldFault } from '#base/errors.ts'
import type { ObjectType, RecordValues } from '#engine/model/object-type.ts'
import { readValues } from '#engine/model/validate.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { isId, nobody } from '#platform/db/new-id.ts'
import { inView, type Tx } from '#platform/db/step.ts'
import { objectFor } from '#platform/records/scope.ts'
import { rulesToAskBy } from './rules-on.ts'
import { apartFrom } from './scan-store.ts'
import { probedKeys, suspectsOf } from './suspects.ts'
import { faultOfSuspect, faultOfTwin, tellRecords, type DuplicateFault } from './tell.ts'
import { twinAmong, type SeenRows } from './twins.ts'

/** A record as it is being typed; with an id a record that is there already. */
export interface Typed {
  readonly id?: string | undefined
  readonly values: RecordValues
}

const mostFound = 10

/**
 * What saving these values would be told about duplicates, before anything is saved. Values that cannot be read yet are
 * taken as empty. Records that somebody said are others are left out, and rules that compare what the actor does not see
 * whole. Only for those who may save such a record.
 */
export async function findDuplicates(ctx: Ctx, key: string, { id, values }: Typed): Promise<readonly DuplicateFault[]> {
  const object = objectFor(ctx, key, id === undefined ? 'create' : 'update')
  const read = readValues(object, knownOnly(values, new Set(object.fields.map((field) => field.key))), {
    partial: true,
  })
  const probe = {
    id: id !== undefined && isId(id) ? id : nobody,
    values: read.values,
    keys: probedKeys(rulesToAskBy(ctx, object), read.values, null),
  }
  if (probe.keys.length === 0) return []
  return inView(ctx, async (tx) => {
    const apart = await apartFrom(tx, ctx.company.id, object.key, probe.id)
    const found = ((await suspectsOf(tx, ctx, object, [probe])).get(probe.id) ?? []).filter(
      ({ id: one }) => !apart.has(one),
    )
    const told = await tellRecords(
      tx,
      ctx,
      object,
      found.map((one) => one.id),
    )
    return found.slice(0, mostFound).map((one) => faultOfSuspect(ctx, object, one, told.get(one.id)))
  })
}

/** What new rows of a file would be told before any is saved; `seen` are the rows that came before, and these then. */
export async function faultsOfNewRows<Row extends { readonly values: RecordValues }>(
  tx: Tx,
  ctx: Ctx,
  object: ObjectType,
  rows: readonly Row[],
  { onDuplicate, seen }: { readonly onDuplicate: 'refuse' | 'skip' | 'allow'; readonly seen: SeenRows },
): Promise<ReadonlyMap<Row, readonly FieldFault[]>> {
  const rules = rulesToAskBy(ctx, object).filter(({ action }) => action === 'block' || onDuplicate !== 'allow')
  const probes = rows.map((row, at) => ({
    id: String(at),
    values: row.values,
    keys: probedKeys(rules, row.values, null),
  }))
  const found = await suspectsOf(tx, ctx, object, probes)
  const ids = [...found.values()].flatMap((suspects) => suspects.map(({ id }) => id))
  const told = await tellRecords(tx, ctx, object, ids)
  return new Map(
    probes.map((probe, at) => {
      const faults = (found.get(probe.id) ?? [])
        .slice(0, 3)
        .map((one) => faultOfSuspect(ctx, object, one, told.get(one.id)))
      const twin = faults.length > 0 ? undefined : twinAmong(seen, probe)
      return [rows[at] as Row, twin ? [faultOfTwin(twin)] : faults]
    }),
  )
}

function knownOnly(values: RecordValues, known: ReadonlySet<string>): RecordValues {
  return Object.fromEntries(Object.entries(values).filter(([key]) => known.has(key)))
}
