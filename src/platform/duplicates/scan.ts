import { areAlike, mustCompare } from '#engine/duplicates/keys.ts'
import { groupsOf, type Pair } from '#engine/duplicates/group.ts'
import { comparisonOf } from '#engine/duplicates/ways.ts'
import type { DuplicateRule } from '#engine/model/duplicate-rule.ts'
import type { ObjectType } from '#engine/model/object-type.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { isLostConnection } from '#platform/db/lost-connection.ts'
import { newId } from '#platform/db/new-id.ts'
import { inStep, inView, type Step } from '#platform/db/step.ts'
import { stopIfHalted } from '#platform/jobs/halt.ts'
import { enqueueJob, registerJob } from '#platform/jobs/jobs.ts'
import { objectFor } from '#platform/records/scope.ts'
import type { KeyOfRecord } from './key-store.ts'
import {
  countKeys,
  insertScan,
  keysAfter,
  newestScan,
  noteScan,
  pairsApart,
  scanById,
  unfinishedScans,
  writeGroups,
  type Scan,
} from './scan-store.ts'
import { rulesOn } from './rules-on.ts'
import { comparedValues } from './suspects.ts'

const task = 'duplicates.scan'
const portion = 20_000
/** Records that share one key with more than so many others are no suspects: it is a number that everybody gives. */
const mostOfKey = 50

export function registerDuplicateScan(): void {
  registerJob(task, (ctx, { id }) => scanDuplicates(ctx, String(id)))
}

/** Asks to compare all records of an object with each other, in the background; one that is under way is answered. */
export async function startScan(ctx: Ctx, key: string): Promise<Scan> {
  const object = objectFor(ctx, key, 'read')
  const under = await inView(ctx, (tx) => newestScan(tx, ctx.company.id, object.key))
  if (under && (under.state === 'queued' || under.state === 'running')) return under
  const id = newId()
  return inStep(ctx, async (step) => {
    await insertScan(step, id, object.key)
    await enqueueScan(step, id)
    return scanInStep(step, id)
  })
}

async function scanInStep({ tx, ctx }: Step, id: string): Promise<Scan> {
  const scan = await scanById(tx, ctx.company.id, id)
  if (!scan) throw new Error('the scan was not written')
  return scan
}

/** Puts scans that a stopped process left unfinished back into the queue. Called when the server starts. */
export async function resumeScans(ctx: Ctx): Promise<void> {
  await inStep(ctx, async (step) => {
    for (const id of await unfinishedScans(step.tx, ctx.company.id)) await enqueueScan(step, id)
  })
}

function enqueueScan(step: Step, id: string): Promise<void> {
  return enqueueJob(step, task, { id }, `${task}:${id}`)
}

/** Compares all records of an object by the keys that they share; done again it begins anew. */
export async function scanDuplicates(ctx: Ctx, id: string): Promise<void> {
  const scan = await inView(ctx, (tx) => scanById(tx, ctx.company.id, id))
  const object = scan && ctx.company.catalogue.find(scan.object)
  if (!scan || !object || scan.state === 'done' || scan.state === 'failed') return
  const note = (state: Scan['state'], total: number, done: number) =>
    inStep(ctx, (step) => noteScan(step, id, { state, total, done }))
  try {
    const total = await inView(ctx, (tx) => countKeys(tx, ctx.company.id, object.key))
    const apart = await inView(ctx, (tx) => pairsApart(tx, ctx.company.id, object.key))
    const pairs: Pair[] = []
    let done = 0
    for await (const keys of sharedKeys(ctx, object)) {
      stopIfHalted()
      pairs.push(...(await pairsAmong(ctx, object, keys.shared)).filter((pair) => !apart.has(textOf(pair))))
      done += keys.read
      await note('running', total, done)
    }
    const groups = groupsOf(pairs)
    await inStep(ctx, async (step) => {
      await writeGroups(step, scan, groups)
      await noteScan(step, id, { state: 'done', total, done: total })
    })
  } catch (error) {
    if (isLostConnection(error)) throw error
    ctx.log.error({ err: error, scanId: id }, 'a scan for duplicates failed unexpectedly')
    await note('failed', scan.total, scan.done)
  }
}

const textOf = ({ one, other }: Pair): string => (one < other ? `${one} ${other}` : `${other} ${one}`)

interface SharedKeys {
  /** Keys of this portion. */
  readonly read: number
  /** Records by the key that they share. */
  readonly shared: readonly (readonly KeyOfRecord[])[]
}

/** Every key that records share, in portions; a key is never cut in two. */
async function* sharedKeys(ctx: Ctx, object: ObjectType): AsyncGenerator<SharedKeys> {
  let last: KeyOfRecord | undefined
  let carried: readonly KeyOfRecord[] = []
  for (;;) {
    const after = last
    const rows = await inView(ctx, (tx) => keysAfter(tx, ctx.company.id, object.key, after, portion))
    const isEnd = rows.length < portion
    const groups = [...Map.groupBy([...carried, ...rows], ({ comparison, key }) => `${comparison}\n${key}`).values()]
    carried = isEnd ? [] : (groups.pop() ?? [])
    yield { read: rows.length, shared: groups.filter(({ length }) => length > 1 && length <= mostOfKey) }
    if (isEnd) return
    last = rows.at(-1)
  }
}

async function pairsAmong(
  ctx: Ctx,
  object: ObjectType,
  shared: readonly (readonly KeyOfRecord[])[],
): Promise<readonly Pair[]> {
  const rules = new Map(rulesOn(object).map((rule) => [comparisonOf(rule), rule]))
  const ruleOf = ([first]: readonly KeyOfRecord[]) => rules.get(first?.comparison ?? '')
  const unsure = shared.filter((keys) => isUnsure(ruleOf(keys), keys))
  const ids = [...new Set(unsure.flatMap((keys) => keys.map(({ id }) => id)))]
  const values = await inView(ctx, (tx) => comparedValues(tx, ctx, object, ids))
  return shared.flatMap((keys) => {
    const rule = ruleOf(keys)
    if (!rule) return []
    const isCertain = !isUnsure(rule, keys)
    const isAlike = (one: string, other: string) => {
      const [left, right] = [values.get(one), values.get(other)]
      return left !== undefined && right !== undefined && areAlike(rule, left, right)
    }
    return everyPair(keys)
      .filter(({ one, other }) => isCertain || isAlike(one, other))
      .map((pair) => ({ ...pair, rule: rule.id }))
  })
}

function isUnsure(rule: DuplicateRule | undefined, [first]: readonly KeyOfRecord[]): boolean {
  return rule !== undefined && first !== undefined && mustCompare(rule, first.key)
}

function everyPair(keys: readonly KeyOfRecord[]): readonly { readonly one: string; readonly other: string }[] {
  return keys.flatMap(({ id: one }, at) => keys.slice(at + 1).map(({ id: other }) => ({ one, other })))
}
