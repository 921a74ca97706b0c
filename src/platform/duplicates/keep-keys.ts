import { keysOf } from '#engine/duplicates/keys.ts'
import { comparisonOf } from '#engine/duplicates/ways.ts'
import type { ObjectType, RecordValues } from '#engine/model/object-type.ts'
import type { Step } from '#platform/db/step.ts'
import type { Saved } from '#platform/records/draft.ts'
import { changeKeys, type KeyOfRecord } from './key-store.ts'
import { rulesOn } from './rules-on.ts'

/** Keeps what records are compared by right in the transaction of their change: only keys that differ are written. */
export async function keepDuplicateKeys(step: Step, object: ObjectType, saved: readonly Saved[]): Promise<void> {
  if (rulesOn(object).length === 0) return
  const gone: KeyOfRecord[] = []
  const come: KeyOfRecord[] = []
  for (const { id, before, after } of saved) {
    const [was, is] = [keysOfRecord(object, id, before), keysOfRecord(object, id, after)]
    const [known, wanted] = [new Set(was.map(textOf)), new Set(is.map(textOf))]
    gone.push(...was.filter((one) => !wanted.has(textOf(one))))
    come.push(...is.filter((one) => !known.has(textOf(one))))
  }
  await changeKeys(step, object.key, { gone, come })
}

const textOf = ({ comparison, key }: KeyOfRecord): string => `${comparison}\n${key}`

/** Every key of a record, by all rules that are on. */
export function keysOfRecord(object: ObjectType, id: string, values: RecordValues | null): readonly KeyOfRecord[] {
  const rules = new Map(rulesOn(object).map((rule) => [comparisonOf(rule), rule]))
  return [...rules].flatMap(([comparison, rule]) => keysOf(rule, values).map((key) => ({ comparison, key, id })))
}
