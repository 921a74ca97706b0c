import { sql } from 'kysely'
import { keysOf } from '#engine/duplicates/keys.ts'
import { comparisonOf } from '#engine/duplicates/ways.ts'
import type { Catalogue } from '#engine/model/catalogue.ts'
import type { DuplicateRule } from '#engine/model/duplicate-rule.ts'
import type { ObjectType, RecordValues } from '#engine/model/object-type.ts'
import type { Sql } from '#engine/query/to-sql.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, inView, type Step } from '#platform/db/step.ts'
import { stopIfHalted } from '#platform/jobs/halt.ts'
import { enqueueJob, registerJob } from '#platform/jobs/jobs.ts'
import { comparedFieldsSql } from './compared-sql.ts'
import { addDone, forgetIndex, indexesOf, noteIndex } from './index-store.ts'
import { changeKeys, keysOfComparison, type KeyOfRecord } from './key-store.ts'
import { rulesOn } from './rules-on.ts'

const task = 'duplicates.index'
const portion = 2000
/** Requests that began before a rule was made may have saved without its keys, for as long as this. */
const longestRequest = '10 minutes'

export function registerDuplicateIndexing(): void {
  registerJob(task, (ctx) => indexDuplicates(ctx))
}

/** Has the keys of every record brought to what the company's rules compare now, once this step is committed. */
export async function askToIndexDuplicates(step: Step): Promise<void> {
  await enqueueJob(step, task, {}, `${task}:${step.ctx.company.id}`)
}

/** The same where keys are missing or too many: after an upgrade, or after a stop. Called when the server starts. */
export async function indexDuplicatesIfNew(ctx: Ctx): Promise<void> {
  const { missing, needless } = await differences(ctx)
  if (missing.length + needless.length > 0) await inStep(ctx, askToIndexDuplicates)
}

/** Says that whatever is there has its keys: where nothing is there yet. */
export async function keepDuplicatesAsTheyAre(step: Step): Promise<void> {
  for (const { object, rule } of comparisonsIn(step.ctx.company.wholeCatalogue).values()) {
    await noteIndex(step, object.key, comparisonOf(rule), 'ready')
  }
}

interface Compared {
  readonly object: ObjectType
  readonly rule: DuplicateRule
}

function comparisonsIn(catalogue: Catalogue): ReadonlyMap<string, Compared> {
  return new Map(
    catalogue
      .all()
      .flatMap((object) => rulesOn(object).map((rule) => [`${object.key} ${comparisonOf(rule)}`, { object, rule }])),
  )
}

async function differences(ctx: Ctx) {
  const wanted = comparisonsIn(ctx.company.wholeCatalogue)
  const there = await inView(ctx, (tx) => indexesOf(tx, ctx.company.id))
  const ready = new Set(there.filter(({ state }) => state === 'ready').map(placeOf))
  return {
    missing: [...wanted].flatMap(([place, compared]) => (ready.has(place) ? [] : [compared])),
    needless: there.filter((one) => !wanted.has(placeOf(one))),
  }
}

const placeOf = ({ object, comparison }: { object: string; comparison: string }): string => `${object} ${comparison}`

/** Writes the keys that are missing, portion by portion with its progress. Done twice it is as good as once. */
export async function indexDuplicates(ctx: Ctx): Promise<void> {
  const { missing, needless } = await differences(ctx)
  for (const { object, comparison } of needless) await inStep(ctx, (step) => forgetIndex(step, object, comparison))
  for (const compared of missing) {
    await inStep(ctx, (step) => forgetIndex(step, compared.object.key, comparisonOf(compared.rule)))
    await indexComparison(ctx, compared)
  }
}

/** Writes the keys that are missing and takes away those that are too many, while people work and the rules hold. */
export async function rebuildDuplicates(ctx: Ctx): Promise<void> {
  for (const compared of comparisonsIn(ctx.company.wholeCatalogue).values()) {
    await indexComparison(ctx, compared)
    await forgetNeedlessKeys(ctx, compared)
  }
}

async function indexComparison(ctx: Ctx, compared: Compared): Promise<void> {
  const { object, rule } = compared
  const comparison = comparisonOf(rule)
  const begun = new Date()
  await inStep(ctx, (step) => noteIndex(step, object.key, comparison, 'building'))
  const count = (step: Step, read: number) => addDone(step, object.key, comparison, read)
  await everyPortion(ctx, compared, sql`true`, count)
  await everyPortion(ctx, compared, sql`t.updated_at > ${begun}::timestamptz - ${longestRequest}::interval`)
  await inStep(ctx, (step) => noteIndex(step, object.key, comparison, 'ready'))
}

type Counting = (step: Step, read: number) => Promise<void>

async function everyPortion(ctx: Ctx, compared: Compared, which: Sql, then?: Counting): Promise<void> {
  let after: string | null = '00000000-0000-0000-0000-000000000000'
  while (after !== null) {
    stopIfHalted()
    const from: string = after
    after = await inStep(ctx, async (step) => {
      const { read, last } = await indexPortion(step, compared, which, from)
      await then?.(step, read)
      return last
    })
  }
}

/** Locks the records of a portion, so that a save under way is waited for; answers the last of them, null at the end. */
async function indexPortion(
  step: Step,
  { object, rule }: Compared,
  which: Sql,
  after: string,
): Promise<{ readonly read: number; readonly last: string | null }> {
  const { rows } = await sql<{ id: string; values: RecordValues }>`
    select t.id, ${comparedFieldsSql(object, [rule])} as values from ${sql.table(object.table)} t
    where t.company_id = ${step.ctx.company.id} and t.id > ${after} and t.deleted_at is null
      ${object.custom ? sql`and t.object = ${object.key}` : sql``} and ${which}
    order by t.id limit ${portion} for no key update of t`.execute(step.tx)
  const comparison = comparisonOf(rule)
  const come = rows.flatMap(({ id, values }) => keysOf(rule, values).map((key) => ({ comparison, key, id })))
  await changeKeys(step, object.key, { gone: [], come })
  return { read: rows.length, last: rows.length < portion ? null : (rows.at(-1)?.id ?? null) }
}

/** Takes away the keys that their records do not have, or whose records are gone. */
async function forgetNeedlessKeys(ctx: Ctx, { object, rule }: Compared): Promise<void> {
  const comparison = comparisonOf(rule)
  let last: KeyOfRecord | undefined
  for (;;) {
    stopIfHalted()
    const after = last
    const keys = await inStep(ctx, async (step) => {
      const found = await keysOfComparison(step.tx, ctx.company.id, {
        object: object.key,
        comparison,
        after,
        limit: portion,
      })
      const ids = [...new Set(found.map(({ id }) => id))]
      const { rows } = await sql<{ id: string; values: RecordValues }>`
        select t.id, ${comparedFieldsSql(object, [rule])} as values from ${sql.table(object.table)} t
        where t.company_id = ${ctx.company.id} and t.id = any(${ids}::uuid[]) and t.deleted_at is null
        order by t.id for no key update of t`.execute(step.tx)
      const wanted = new Set(rows.flatMap(({ id, values }) => keysOf(rule, values).map((key) => `${id}\n${key}`)))
      await changeKeys(step, object.key, {
        gone: found.filter(({ id, key }) => !wanted.has(`${id}\n${key}`)),
        come: [],
      })
      return found
    })
    if (keys.length < portion) return
    last = keys.at(-1)
  }
}
