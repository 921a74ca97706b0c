import { sql } from 'kysely'
import { areAlike, keysOf, mustCompare } from '#engine/duplicates/keys.ts'
import { comparisonOf } from '#engine/duplicates/ways.ts'
import type { DuplicateRule } from '#engine/model/duplicate-rule.ts'
import type { ObjectType, RecordValues } from '#engine/model/object-type.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Tx } from '#platform/db/step.ts'
import { comparedFieldsSql } from './compared-sql.ts'
import { holdersOfKeys, type KeyOfRecord } from './key-store.ts'
import { rulesOn } from './rules-on.ts'

/** A record on its way in, or as it might be, and the keys by which it is looked for. */
export interface Probe {
  readonly id: string
  readonly values: RecordValues
  readonly keys: readonly ProbedKey[]
}

interface ProbedKey extends Omit<KeyOfRecord, 'id'> {
  readonly rule: DuplicateRule
}

/** A record that a rule suspects to be the one that is asked about. */
export interface Suspect {
  readonly rule: DuplicateRule
  readonly id: string
}

/** The keys that a record with these values has by the rules, without those that it had before. */
export function probedKeys(
  rules: readonly DuplicateRule[],
  values: RecordValues,
  before: RecordValues | null,
): readonly ProbedKey[] {
  return rules.flatMap((rule) => {
    const known = new Set(keysOf(rule, before))
    const keys = keysOf(rule, values).filter((key) => !known.has(key))
    return keys.map((key) => ({ rule, comparison: comparisonOf(rule), key }))
  })
}

/** The stored records that each probe may be the same as, by the id of the probe; whoever may see them. */
export async function suspectsOf(
  tx: Tx,
  ctx: Ctx,
  object: ObjectType,
  probes: readonly Probe[],
): Promise<ReadonlyMap<string, readonly Suspect[]>> {
  const asked = new Map(probes.flatMap(({ keys }) => keys.map((one) => [placeOf(one), one] as const)))
  const holders = await holdersOfKeys(tx, ctx.company.id, object.key, [...asked.values()])
  if (holders.length === 0) return new Map()
  const byPlace = Map.groupBy(holders, placeOf)
  const values = await valuesToCompare(tx, ctx, object, holders, asked)
  return new Map(
    probes.flatMap((probe) => {
      const found = new Map<string, Suspect>()
      for (const one of probe.keys) {
        for (const { id } of byPlace.get(placeOf(one)) ?? []) {
          if (id === probe.id || found.has(id)) continue
          const other = values.get(id)
          const isSame = !mustCompare(one.rule, one.key) || (other && areAlike(one.rule, probe.values, other))
          if (isSame) found.set(id, { rule: one.rule, id })
        }
      }
      return found.size > 0 ? [[probe.id, [...found.values()]] as const] : []
    }),
  )
}

const placeOf = ({ comparison, key }: Omit<KeyOfRecord, 'id'>): string => `${comparison}\n${key}`

async function valuesToCompare(
  tx: Tx,
  ctx: Ctx,
  object: ObjectType,
  holders: readonly KeyOfRecord[],
  asked: ReadonlyMap<string, ProbedKey>,
): Promise<ReadonlyMap<string, RecordValues>> {
  const unsure = holders.filter((holder) => {
    const one = asked.get(placeOf(holder))
    return one && mustCompare(one.rule, one.key)
  })
  return comparedValues(tx, ctx, object, [...new Set(unsure.map(({ id }) => id))])
}

/** Of living records what the rules of their object compare, by id. */
export async function comparedValues(
  tx: Tx,
  ctx: Ctx,
  { key }: ObjectType,
  ids: readonly string[],
): Promise<ReadonlyMap<string, RecordValues>> {
  const object = ctx.company.wholeCatalogue.get(key)
  if (ids.length === 0 || rulesOn(object).length === 0) return new Map()
  const { rows } = await sql<{ id: string; values: RecordValues }>`
    select t.id, ${comparedFieldsSql(object)} as values from ${sql.table(object.table)} t
    where t.company_id = ${ctx.company.id} and t.id = any(${ids}::uuid[]) and t.deleted_at is null`.execute(tx)
  return new Map(rows.map(({ id, values }) => [id, values]))
}
