import { sql } from 'kysely'
import { keysOf } from '#engine/duplicates/keys.ts'
import { comparisonOf } from '#engine/duplicates/ways.ts'
import type { DuplicateRule } from '#engine/model/duplicate-rule.ts'
import type { ObjectType, RecordValues } from '#engine/model/object-type.ts'
import { keptPlan } from '#platform/db/kept-plan.ts'
import type { Step } from '#platform/db/step.ts'
import type { Saved } from '#platform/records/draft.ts'
import { standardCatalogue } from '#platform/records/registry.ts'
import { changeKeys, type KeyOfRecord } from './key-store.ts'
import { rulesOn } from './rules-on.ts'

/**
 * Keeps what records are compared by right in the transaction of their change: only keys that differ are written. The
 * rules are read there and then: an import or a bulk edit may have begun before they were made.
 */
export async function keepDuplicateKeys(step: Step, known: ObjectType, saved: readonly Saved[]): Promise<void> {
  if (saved.length === 0) return
  const object = await withRulesOfNow(step, known)
  if (rulesOn(object).length === 0) return
  const gone: KeyOfRecord[] = []
  const come: KeyOfRecord[] = []
  for (const { id, before, after } of saved) {
    const [was, is] = [keysOfRecord(object, id, before), keysOfRecord(object, id, after)]
    const [had, wanted] = [new Set(was.map(textOf)), new Set(is.map(textOf))]
    gone.push(...was.filter((one) => !wanted.has(textOf(one))))
    come.push(...is.filter((one) => !had.has(textOf(one))))
  }
  await changeKeys(step, object.key, { gone, come })
}

async function withRulesOfNow({ ctx, tx }: Step, object: ObjectType): Promise<ObjectType> {
  const { rows } = await sql<{ duplicates: readonly DuplicateRule[] | null }>`${keptPlan}
    select setup -> 'duplicates' as duplicates from object_setup
    where company_id = ${ctx.company.id} and object = ${object.key}`.execute(tx)
  const standard = standardCatalogue().find(object.key)?.duplicates ?? []
  return { ...object, duplicates: rows[0]?.duplicates ?? standard }
}

const textOf = ({ comparison, key }: KeyOfRecord): string => `${comparison}\n${key}`

/** Every key of a record, by all rules that are on. */
export function keysOfRecord(object: ObjectType, id: string, values: RecordValues | null): readonly KeyOfRecord[] {
  const rules = new Map(rulesOn(object).map((rule) => [comparisonOf(rule), rule]))
  return [...rules].flatMap(([comparison, rule]) => keysOf(rule, values).map((key) => ({ comparison, key, id })))
}
